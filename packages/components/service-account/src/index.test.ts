import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { serviceAccount } from './index.ts';

testComponent(test, serviceAccount);

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.10' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
  ],
  etcd: 'nodes',
};

test('All control planes share one key pair, which has no certificate', (t) => {
  t.deepEqual([...serviceAccount().plan(cluster)], [{ kind: 'keypair', name: 'sa', serves: ['sa'] }]);
});

test('It has no options', (t) => {
  const error = t.throws(() => serviceAccount.from({ algorithm: 'rsa' }), { instanceOf: PkiError });
  t.is(error?.code, 'PLUGIN_OPTIONS');
  t.is(error?.problems[0]?.where, 'component service-account');
  t.regex(error?.problems[0]?.message ?? '', /algorithm/);
});
