import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { clusterCa } from './index.ts';

testComponent(test, clusterCa, { options: [{ commonName: 'example' }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane', 'worker'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

test("The cluster's authority signs clients, the API server and kubelets, and is called kubernetes", (t) => {
  t.deepEqual(
    [...clusterCa().plan(cluster)],
    [
      {
        kind: 'authority',
        name: 'ca',
        commonName: 'kubernetes',
        serves: ['cluster/client', 'cluster/server', 'kubelet/server'],
      },
    ],
  );
});

test('Its common name can be another', (t) => {
  t.like([...clusterCa({ commonName: 'example-ca' }).plan(cluster)][0], { name: 'ca', commonName: 'example-ca' });
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => clusterCa.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('An empty common name is refused', refuses, { commonName: '' }, 'component cluster-ca.commonName');
test('An unknown option is refused', refuses, { name: 'ca' }, 'component cluster-ca');
