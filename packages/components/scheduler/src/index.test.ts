import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { scheduler } from './index.ts';

testComponent(test, scheduler, { options: [{ serving: true }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11', 'fd00::11'], names: ['cp-1.example.internal'] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
    { name: 'etcd-1', roles: ['etcd'], ips: ['10.0.0.31'], names: [] },
  ],
  etcd: 'nodes',
};

const identity = {
  kind: 'leaf',
  name: 'scheduler',
  node: 'cp-1',
  issuer: 'cluster/client',
  usages: ['client'],
  commonName: 'system:kube-scheduler',
  process: 'kube-scheduler',
  connects: [{ to: 'apiserver', at: 'local' }],
  kubeconfig: { credentials: 'embedded' },
  flags: {
    '--kubeconfig': { part: 'kubeconfig' },
    '--authentication-kubeconfig': { part: 'kubeconfig' },
    '--authorization-kubeconfig': { part: 'kubeconfig' },
  },
};

test('Each control plane has an identity of no group in a kubeconfig for its own API server', (t) => {
  t.deepEqual<readonly object[], readonly object[]>([...scheduler().plan(cluster)], [identity]);
});

test('With serving it has a certificate at 10259 for the names and addresses of its node and the loopback', (t) => {
  t.deepEqual<readonly object[], readonly object[]>(
    [...scheduler({ serving: true }).plan(cluster)],
    [
      identity,
      {
        kind: 'leaf',
        name: 'scheduler/server',
        node: 'cp-1',
        issuer: 'cluster/server',
        usages: ['server'],
        commonName: 'kube-scheduler',
        sans: {
          dns: ['cp-1', 'cp-1.example.internal', 'localhost'],
          ips: ['10.0.0.11', 'fd00::11', '127.0.0.1', '::1'],
        },
        process: 'kube-scheduler',
        reload: 'rereads',
        port: 10259,
        accepts: ['cluster/client'],
        flags: { '--tls-cert-file': { part: 'certificate' }, '--tls-private-key-file': { part: 'key' } },
      },
    ],
  );
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => scheduler.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('serving is true or false', refuses, { serving: 'no' }, 'component scheduler.serving');
test('An unknown option is refused', refuses, { port: 10259 }, 'component scheduler');
