import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { kubeProxy } from './index.ts';

testComponent(test, kubeProxy);

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'etcd-1', roles: ['etcd'], ips: ['10.0.0.31'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

test('Each node with a kubelet has a client of no group: control planes ask their own API server, workers the endpoint', (t) => {
  const onNode = (node: string, at: string) => ({
    kind: 'leaf',
    name: 'kube-proxy',
    node,
    issuer: 'cluster/client',
    usages: ['client'],
    commonName: 'system:kube-proxy',
    process: 'kube-proxy',
    connects: [{ to: 'apiserver', at }],
    kubeconfig: { credentials: 'embedded' },
    flags: { '--kubeconfig': { part: 'kubeconfig' } },
  });
  t.deepEqual<readonly object[], readonly object[]>(
    [...kubeProxy().plan(cluster)],
    [onNode('cp-1', 'local'), onNode('w-1', 'endpoint')],
  );
});

test('It has no options', (t) => {
  const error = t.throws(() => kubeProxy.from({ groups: [] }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.is(error?.problems[0]?.where, 'component kube-proxy');
  t.regex(error?.problems[0]?.message ?? '', /groups/);
});
