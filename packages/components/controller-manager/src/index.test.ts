import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { controllerManager } from './index.ts';

testComponent(test, controllerManager, { options: [{ serving: true, signsRequests: false, frontProxy: false }] });

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

const flags = {
  '--kubeconfig': { part: 'kubeconfig' },
  '--authentication-kubeconfig': { part: 'kubeconfig' },
  '--authorization-kubeconfig': { part: 'kubeconfig' },
  '--client-ca-file': { of: 'cluster/client', part: 'trust', rereads: true },
  '--root-ca-file': { of: 'cluster/server', part: 'trust' },
  '--service-account-private-key-file': { of: 'sa', part: 'key' },
};
const aggregation = {
  '--requestheader-client-ca-file': { of: 'front-proxy/client', part: 'trust', rereads: true },
};
const signing = {
  '--cluster-signing-cert-file': { of: 'cluster/client', part: 'certificate', rereads: true },
  '--cluster-signing-key-file': { of: 'cluster/client', part: 'key', rereads: true },
};
const identity = {
  kind: 'leaf',
  name: 'controller-manager',
  node: 'cp-1',
  issuer: 'cluster/client',
  usages: ['client'],
  commonName: 'system:kube-controller-manager',
  process: 'kube-controller-manager',
  connects: [{ to: 'apiserver', at: 'local' }],
  kubeconfig: { credentials: 'embedded' },
};

const plan = (options?: Parameters<typeof controllerManager>[0]): readonly object[] => [
  ...controllerManager(options).plan(cluster),
];

test("Each control plane has an identity of no group for its own API server; it signs tokens, and requests with the authority's key", (t) => {
  t.deepEqual(plan(), [{ ...identity, flags: { ...flags, ...aggregation, ...signing } }]);
});

test("Without signsRequests nothing refers to the authority's key", (t) => {
  t.deepEqual(plan({ signsRequests: false }), [{ ...identity, flags: { ...flags, ...aggregation } }]);
});

test('Without frontProxy it knows no authority of the aggregation layer', (t) => {
  t.deepEqual(plan({ frontProxy: false }), [{ ...identity, flags: { ...flags, ...signing } }]);
});

test('With serving it has a certificate at 10257 for the names and addresses of its node and the loopback', (t) => {
  const [, ...more] = plan({ serving: true });
  t.deepEqual(more, [
    {
      kind: 'leaf',
      name: 'controller-manager/server',
      node: 'cp-1',
      issuer: 'cluster/server',
      usages: ['server'],
      commonName: 'kube-controller-manager',
      sans: { dns: ['cp-1', 'cp-1.example.internal', 'localhost'], ips: ['10.0.0.11', 'fd00::11', '127.0.0.1', '::1'] },
      process: 'kube-controller-manager',
      reload: 'rereads',
      port: 10257,
      accepts: ['cluster/client'],
      flags: { '--tls-cert-file': { part: 'certificate' }, '--tls-private-key-file': { part: 'key' } },
    },
  ]);
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => controllerManager.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

test(
  'Its options are true or false, and each wrong one is named',
  refuses,
  { signsRequests: 1, serving: 'on', frontProxy: null },
  'component controller-manager.signsRequests',
  'component controller-manager.serving',
  'component controller-manager.frontProxy',
);
test('An unknown option is refused', refuses, { signs: true }, 'component controller-manager');
