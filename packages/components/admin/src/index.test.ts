import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { admin } from './index.ts';

testComponent(test, admin, { options: [{ perControlPlane: true, superAdminValidity: '30d' }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.10', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

const plan = (options: Parameters<typeof admin>[0], version = cluster.version) => [
  ...admin(options).plan({ ...cluster, version }),
];
const names = (specs: ReturnType<typeof plan>) =>
  specs.map((spec) => (spec.kind === 'leaf' && spec.node ? `${spec.name}@${spec.node}` : spec.name));

test('The administrator gets rights by a binding of a group, the super administrator by system:masters', (t) => {
  t.deepEqual(plan({}), [
    {
      kind: 'leaf',
      name: 'admin',
      issuer: 'cluster/client',
      usages: ['client'],
      commonName: 'kubernetes-admin',
      organizations: ['kubeadm:cluster-admins'],
      person: true,
      connects: [{ to: 'apiserver', at: 'endpoint' }],
      kubeconfig: { credentials: 'embedded' },
      bindings: [
        {
          binding: 'kubeadm:cluster-admins',
          clusterRole: 'cluster-admin',
          to: { kind: 'Group', name: 'kubeadm:cluster-admins' },
        },
      ],
    },
    {
      kind: 'leaf',
      name: 'super-admin',
      issuer: 'cluster/client',
      usages: ['client'],
      commonName: 'kubernetes-super-admin',
      organizations: ['system:masters'],
      person: true,
      connects: [{ to: 'apiserver', at: 'endpoint' }],
      kubeconfig: { credentials: 'embedded' },
      validity: 2_592_000,
    },
  ]);
});

test('Up to 1.28 the administrator is of system:masters, needs no binding and is alone', (t) => {
  const [only, ...rest] = plan({}, { minor: 28, patch: 15 });
  t.like(only, { name: 'admin', commonName: 'kubernetes-admin', organizations: ['system:masters'], bindings: [] });
  t.deepEqual(rest, []);
});

test('The super administrator came with 1.29.0', (t) => {
  t.deepEqual(names(plan({}, { minor: 29, patch: 0 })), ['admin', 'super-admin']);
  t.like(plan({}, { minor: 29, patch: 0 })[0], { organizations: ['kubeadm:cluster-admins'] });
});

test('With perControlPlane each control plane has an administrator, and the first one the super administrator', (t) => {
  t.deepEqual(names(plan({ perControlPlane: true })), ['admin@cp-1', 'admin@cp-2', 'super-admin@cp-1']);
});

test('The super administrator lives as long as it is told to', (t) => {
  const [administrator, superAdministrator] = plan({ superAdminValidity: '7d' });
  t.like(superAdministrator, { name: 'super-admin', validity: 604_800 });
  t.false('validity' in (administrator ?? {}));
  t.false('validity' in (plan({ superAdminValidity: 'leaves' })[1] ?? {}));
});

const refuses = test.macro((t, options: unknown, where: string, message: RegExp) => {
  const error = t.throws(() => admin.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.is(error?.problems[0]?.where, where);
  t.regex(error?.problems[0]?.message ?? '', message);
});

test(
  'perControlPlane is true or false',
  refuses,
  { perControlPlane: 'yes' },
  'component admin.perControlPlane',
  /bool/,
);
test(
  'superAdminValidity is a duration',
  refuses,
  { superAdminValidity: '30 days' },
  'component admin.superAdminValidity',
  /^not a duration$/,
);
test('An unknown option is named', refuses, { perNode: true }, 'component admin', /perNode/);
