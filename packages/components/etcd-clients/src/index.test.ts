import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { etcdClients } from './index.ts';

testComponent(test, etcdClients, { options: [{ names: ['backup', 'metrics'] }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane', 'worker'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

const client = (name: string) => ({
  kind: 'leaf',
  name: `etcd/${name}-client`,
  issuer: 'etcd/client',
  usages: ['client'],
  commonName: `etcd-${name}`,
  connects: [{ to: 'etcd/server', at: 'each' }],
  secret: { namespace: 'kube-system', name: `etcd-${name}-client` },
});

test('A backup job has a client of no group and no node, and a Secret for it', (t) => {
  t.deepEqual<readonly object[], readonly object[]>([...etcdClients().plan(cluster)], [client('backup')]);
});

test('Each one that is named has a client of its own', (t) => {
  t.deepEqual<readonly object[], readonly object[]>(
    [...etcdClients({ names: ['prometheus', 'cilium'] }).plan(cluster)],
    [client('prometheus'), client('cilium')],
  );
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => etcdClients.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('A name with capitals is refused', refuses, { names: ['backup', 'Prometheus'] }, 'component etcd-clients.names.1');
test('A name that is a path is refused', refuses, { names: ['../x'] }, 'component etcd-clients.names.0');
test('An unknown option is refused', refuses, { clients: [] }, 'component etcd-clients');
