import {
  clusterSchema,
  controlPlanes,
  etcdNodes,
  kubeletNodes,
  parseNodeName,
  parseSan,
  parseSubnet,
} from '@kubepki/core';
import test from 'ava';
import { clusters, testCluster } from './clusters.ts';

test('every cluster is one that a cluster file can describe', (t) => {
  for (const [name, cluster] of Object.entries(clusters)) {
    t.deepEqual(clusterSchema.parse(cluster), cluster, name);
    for (const node of cluster.nodes) {
      t.true(parseNodeName(node.name).ok, name);
      for (const address of [...node.ips, ...node.names]) t.true(parseSan(address).ok, address);
    }
    for (const subnet of cluster.serviceSubnets) t.deepEqual(parseSubnet(subnet), { ok: true, value: subnet });
    t.is(new Set(cluster.nodes.map((node) => node.name)).size, cluster.nodes.length);
    t.is(new Set(cluster.nodes.flatMap(({ ips }) => ips)).size, cluster.nodes.flatMap(({ ips }) => ips).length);
  }
});

test('a cluster for tests is as it is asked for', (t) => {
  const cluster = testCluster({ controlPlanes: 3, workers: 2, etcd: 3, families: 'dual', minor: 30 });
  t.deepEqual([controlPlanes(cluster).length, etcdNodes(cluster).length, kubeletNodes(cluster).length], [3, 3, 5]);
  t.deepEqual(cluster.nodes[0]?.ips, ['10.0.0.11', 'fd00::b']);
  t.is(cluster.version.minor, 30);
  t.is(clusters['a thousand nodes']?.nodes.length, 1000);
});
