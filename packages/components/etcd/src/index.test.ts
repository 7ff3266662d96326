import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { etcd } from './index.ts';

testComponent(test, etcd, { options: [{ addresses: 'advertised', serverSans: ['etcd.example.com'] }] });

const cp1 = {
  name: 'cp-1',
  roles: ['control-plane'],
  ips: ['10.0.0.11', 'fd00::11'],
  names: ['cp-1.example.internal'],
} as const;
const cp2 = { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] } as const;
const member = { name: 'etcd-1', roles: ['etcd'], ips: ['10.0.0.31'], names: ['etcd-1.example.internal'] } as const;
const worker = { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] } as const;

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [cp1, cp2, worker],
  etcd: 'nodes',
};

const plan = (options?: Parameters<typeof etcd>[0], facts: Partial<Cluster> = {}) => [
  ...etcd(options).plan({ ...cluster, ...facts }),
];
const ids = (specs: ReturnType<typeof plan>) =>
  specs.map((spec) => ('node' in spec && spec.node ? `${spec.name}@${spec.node}` : spec.name));
const sansOf = (name: string, options?: Parameters<typeof etcd>[0]) =>
  plan(options).flatMap((spec) =>
    spec.kind === 'leaf' && spec.name === name && spec.node === 'cp-1' ? [spec.sans] : [],
  );

const sans = {
  dns: ['cp-1', 'localhost', 'cp-1.example.internal'],
  ips: ['10.0.0.11', 'fd00::11', '127.0.0.1', '::1'],
};

test('etcd has an authority of its own, and each control plane a member with three certificates', (t) => {
  t.deepEqual(plan()[0], {
    kind: 'authority',
    name: 'etcd/ca',
    commonName: 'etcd-ca',
    serves: ['etcd/client', 'etcd/server', 'etcd/peer'],
  });
  t.deepEqual(ids(plan()), [
    'etcd/ca',
    'etcd/server@cp-1',
    'etcd/peer@cp-1',
    'etcd/healthcheck-client@cp-1',
    'etcd/server@cp-2',
    'etcd/peer@cp-2',
    'etcd/healthcheck-client@cp-2',
  ]);
});

test("A member's serving certificate is named after its node and is a client's too, for the gateway", (t) => {
  t.deepEqual(plan()[1], {
    kind: 'leaf',
    name: 'etcd/server',
    node: 'cp-1',
    issuer: 'etcd/server',
    usages: ['server', 'client'],
    commonName: 'cp-1',
    sans,
    process: 'etcd',
    reload: 'rereads',
    port: 2379,
    accepts: ['etcd/client'],
    connects: [{ to: 'etcd/server', at: 'local' }],
    flags: {
      '--cert-file': { part: 'certificate' },
      '--key-file': { part: 'key' },
      '--client-cert-auth': 'true',
      '--trusted-ca-file': { of: 'etcd/client', part: 'trust' },
    },
  });
});

test('Members show each other a certificate that serves on both sides', (t) => {
  t.deepEqual(plan()[2], {
    kind: 'leaf',
    name: 'etcd/peer',
    node: 'cp-1',
    issuer: 'etcd/peer',
    usages: ['server', 'client'],
    commonName: 'cp-1',
    sans,
    process: 'etcd',
    reload: 'rereads',
    port: 2380,
    accepts: ['etcd/peer'],
    connects: [{ to: 'etcd/peer', at: 'each' }],
    flags: {
      '--peer-cert-file': { part: 'certificate' },
      '--peer-key-file': { part: 'key' },
      '--peer-client-cert-auth': 'true',
      '--peer-trusted-ca-file': { of: 'etcd/peer', part: 'trust' },
    },
  });
});

test("Health checks have a client of no group and no names for their node's member", (t) => {
  t.deepEqual(plan()[3], {
    kind: 'leaf',
    name: 'etcd/healthcheck-client',
    node: 'cp-1',
    issuer: 'etcd/client',
    usages: ['client'],
    commonName: 'kube-etcd-healthcheck-client',
    organizations: [],
    reload: 'rereads',
    connects: [{ to: 'etcd/server', at: 'local' }],
  });
});

test('The client of health checks is of system:masters up to 1.28', (t) => {
  const groups = (minor: number, patch: number) =>
    plan({}, { version: { minor, patch } }).flatMap((spec) =>
      spec.kind === 'leaf' && spec.name === 'etcd/healthcheck-client' ? spec.organizations : [],
    );
  t.deepEqual(groups(28, 15), ['system:masters', 'system:masters']);
  t.deepEqual(groups(29, 0), []);
});

test('Nodes with the role etcd have the members, and control planes then have none', (t) => {
  t.deepEqual(ids(plan({}, { nodes: [cp1, member, worker] })), [
    'etcd/ca',
    'etcd/server@etcd-1',
    'etcd/peer@etcd-1',
    'etcd/healthcheck-client@etcd-1',
  ]);
});

test('An etcd elsewhere has an authority and addresses, and no certificate of this plan', (t) => {
  const external = [
    { host: 'etcd-1.example.internal', port: 2379 },
    { host: 'fd00::32', port: 12379 },
  ];
  t.deepEqual(plan({}, { etcd: { external } }), [
    {
      kind: 'authority',
      name: 'etcd/ca',
      commonName: 'etcd-ca',
      serves: ['etcd/client', 'etcd/server'],
    },
    {
      kind: 'elsewhere',
      name: 'etcd/server',
      issuer: 'etcd/server',
      accepts: ['etcd/client'],
      addresses: external,
    },
  ]);
});

test("Without an authority nothing is planned, since nothing can be signed for somebody else's etcd", (t) => {
  t.deepEqual(plan({ authority: false }, { etcd: { external: [] } }), []);
});

test('With addresses: advertised a member has its node name, its first address and the loopback alone, as with kubeadm', (t) => {
  const advertised = { dns: ['cp-1', 'localhost'], ips: ['10.0.0.11', '127.0.0.1', '::1'] };
  t.deepEqual(sansOf('etcd/server', { addresses: 'advertised' }), [advertised]);
  t.deepEqual(sansOf('etcd/peer', { addresses: 'advertised' }), [advertised]);
});

test('More names and addresses go to the side that they are for, in canonical form', (t) => {
  const options = { serverSans: ['ETCD.example.com'], peerSans: ['fd00:0::99'] };
  t.deepEqual(sansOf('etcd/server', options), [{ ...sans, dns: [...sans.dns, 'etcd.example.com'] }]);
  t.deepEqual(sansOf('etcd/peer', options), [{ ...sans, ips: [...sans.ips, 'fd00::99'] }]);
});

test("The authority's common name can be another", (t) => {
  t.like(plan({ commonName: 'example-etcd' })[0], { name: 'etcd/ca', commonName: 'example-etcd' });
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => etcd.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

test(
  'Each wrong option is named',
  refuses,
  { commonName: '', serverSans: ['10.0.0.5', '10.000.000.005'], peerSans: 'x', authority: 'no', addresses: 'first' },
  'component etcd.commonName',
  'component etcd.serverSans.1',
  'component etcd.peerSans',
  'component etcd.authority',
  'component etcd.addresses',
);
test('An unknown option is refused', refuses, { sans: [] }, 'component etcd');
