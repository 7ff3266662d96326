import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { apiserver } from './index.ts';

testComponent(test, apiserver, {
  options: [
    { clients: { etcd: 'none', kubelet: 'serving' }, frontProxy: false },
    { loopback: false, subnets: 'first', addresses: 'advertised', sans: ['kube.example.com', '192.0.2.1'] },
  ],
});

const alone = { signs: 'stand-in/ca', trusts: ['stand-in/ca'] };
testComponent(test, apiserver, {
  name: 'component apiserver behind one authority',
  options: [{ clients: { etcd: 'serving', kubelet: 'serving' } }],
  uses: ({ sa = alone, ...others }) => ({ ...Object.fromEntries(Object.keys(others).map((use) => [use, alone])), sa }),
});

const cp1 = {
  name: 'cp-1',
  roles: ['control-plane'],
  ips: ['10.0.0.11', 'fd00::11'],
  names: ['cp-1.example.internal'],
} as const;
const cp2 = { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] } as const;
const worker = { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] } as const;
const member = { name: 'etcd-1', roles: ['etcd'], ips: ['fd00::31'], names: [] } as const;

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal', port: 443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12', 'fd00:10:96::/112'],
  nodes: [cp1, cp2, worker],
  etcd: 'nodes',
};

type Options = Parameters<typeof apiserver>[0];

function plan(options?: Options, facts: Partial<Cluster> = {}) {
  return [...apiserver(options).plan({ ...cluster, ...facts })].flatMap((spec) => (spec.kind === 'leaf' ? [spec] : []));
}
const find = (name: string, options?: Options, facts?: Partial<Cluster>) =>
  plan(options, facts).find((spec) => spec.name === name && spec.node === 'cp-1');

const servingFlags = {
  '--tls-cert-file': { part: 'certificate' },
  '--tls-private-key-file': { part: 'key' },
  '--client-ca-file': { of: 'cluster/client', part: 'trust', rereads: true },
  '--service-account-key-file': { of: 'sa', part: 'public' },
  '--service-account-signing-key-file': { of: 'sa', part: 'key' },
};
const frontProxyFlags = {
  '--requestheader-client-ca-file': { of: 'front-proxy/client', part: 'trust', rereads: true },
  '--requestheader-allowed-names': 'front-proxy-client',
  '--requestheader-username-headers': 'X-Remote-User',
  '--requestheader-group-headers': 'X-Remote-Group',
  '--requestheader-extra-headers-prefix': 'X-Remote-Extra-',
};
const etcdFlags = {
  '--etcd-cafile': { to: 'etcd/server', part: 'trust' },
  '--etcd-certfile': { part: 'certificate' },
  '--etcd-keyfile': { part: 'key' },
};
const kubeletFlags = {
  '--kubelet-certificate-authority': { to: 'kubelet/server', part: 'trust' },
  '--kubelet-client-certificate': { part: 'certificate' },
  '--kubelet-client-key': { part: 'key' },
};
const members = { '--etcd-servers': 'https://10.0.0.11:2379,https://10.0.0.12:2379' };

test('Each control plane has a serving certificate and one client each for kubelets and for etcd', (t) => {
  t.deepEqual(
    plan().map(({ name, node }) => `${name}@${node}`),
    [
      'apiserver@cp-1',
      'apiserver-kubelet-client@cp-1',
      'apiserver-etcd-client@cp-1',
      'apiserver@cp-2',
      'apiserver-kubelet-client@cp-2',
      'apiserver-etcd-client@cp-2',
    ],
  );
});

test('The serving certificate has every name and address of its node, its service and its endpoint, and the loopback', (t) => {
  t.deepEqual(find('apiserver'), {
    kind: 'leaf',
    name: 'apiserver',
    node: 'cp-1',
    issuer: 'cluster/server',
    usages: ['server'],
    commonName: 'kube-apiserver',
    sans: {
      dns: [
        'cp-1',
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
        'localhost',
        'cp-1.example.internal',
        'api.example.internal',
      ],
      ips: ['10.96.0.1', 'fd00:10:96::1', '10.0.0.11', 'fd00::11', '127.0.0.1', '::1'],
    },
    process: 'kube-apiserver',
    reload: 'rereads',
    port: 6443,
    accepts: ['cluster/client', 'front-proxy/client'],
    connects: [],
    bindings: [],
    flags: { ...servingFlags, ...frontProxyFlags, ...members },
  });
});

test('The client for kubelets has no names and reaches each kubelet', (t) => {
  t.deepEqual(find('apiserver-kubelet-client'), {
    kind: 'leaf',
    name: 'apiserver-kubelet-client',
    node: 'cp-1',
    issuer: 'cluster/client',
    usages: ['client'],
    commonName: 'kube-apiserver-kubelet-client',
    organizations: [],
    process: 'kube-apiserver',
    reload: 'rereads',
    connects: [{ to: 'kubelet/server', at: 'each' }],
    bindings: [
      {
        binding: 'kubeadm:apiserver-kubelet-client',
        clusterRole: 'system:kubelet-api-admin',
        to: { kind: 'User', name: 'kube-apiserver-kubelet-client' },
      },
    ],
    flags: kubeletFlags,
  });
});

test("The client for etcd is signed for etcd's clients and reaches each member", (t) => {
  t.deepEqual(find('apiserver-etcd-client'), {
    kind: 'leaf',
    name: 'apiserver-etcd-client',
    node: 'cp-1',
    issuer: 'etcd/client',
    usages: ['client'],
    commonName: 'kube-apiserver-etcd-client',
    organizations: [],
    process: 'kube-apiserver',
    reload: 'rereads',
    connects: [{ to: 'etcd/server', at: 'each' }],
    flags: etcdFlags,
  });
});

const kubeadmNames = {
  loopback: false,
  subnets: 'first',
  addresses: 'advertised',
} as const;

test('With the options of the kubeadm preset it has kubeadm’s names in kubeadm’s order, and no loopback', (t) => {
  const sans = find(
    'apiserver',
    { ...kubeadmNames, sans: ['10.0.0.99', 'more.example.com'] },
    {
      endpoint: { host: '10.0.0.10' },
    },
  )?.sans;
  t.deepEqual(sans, {
    dns: [
      'cp-1',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      'more.example.com',
    ],
    ips: ['10.96.0.1', '10.0.0.11', '10.0.0.10', '10.0.0.99'],
  });
});

test('The endpoint is a name or an address, the domain is of the cluster, and the first subnet may be IPv6', (t) => {
  const sans = find('apiserver', kubeadmNames, {
    endpoint: { host: 'fd00::99' },
    dnsDomain: 'example.test',
    serviceSubnets: ['fd00:10:96::/112', '10.96.0.0/12'],
  })?.sans;
  t.deepEqual(sans?.dns?.at(-1), 'kubernetes.default.svc.example.test');
  t.deepEqual(sans?.ips, ['fd00:10:96::1', '10.0.0.11', 'fd00::99']);
});

test('More names are read into canonical form', (t) => {
  const { sans } = find('apiserver', { sans: ['API.Example.COM', '::ffff:10.0.0.8', '*.example.com'] }) ?? {};
  t.deepEqual(sans?.dns?.slice(-2), ['api.example.com', '*.example.com']);
  t.deepEqual(sans?.ips?.at(-1), '10.0.0.8');
});

const admins = [
  {
    binding: 'kubeadm:cluster-admins',
    clusterRole: 'cluster-admin',
    to: { kind: 'Group', name: 'kubeadm:cluster-admins' },
  },
];
const own = [
  {
    binding: 'kubeadm:apiserver-kubelet-client',
    clusterRole: 'system:kubelet-api-admin',
    to: { kind: 'User', name: 'kube-apiserver-kubelet-client' },
  },
];

const grouped = test.macro({
  exec(t, minor: number, patch: number, organizations: string[], bindings: object[]) {
    const client = find('apiserver-kubelet-client', {}, { version: { minor, patch } });
    t.deepEqual<unknown, unknown>(
      { organizations: client?.organizations, bindings: client?.bindings },
      { organizations, bindings },
    );
  },
  title: (_, minor: number, patch: number, [group = 'no group']: string[]) =>
    `In 1.${minor}.${patch} the client for kubelets is of ${group}`,
});

test(grouped, 28, 0, ['system:masters'], []);
test(grouped, 28, 15, ['system:masters'], []);
test(grouped, 29, 0, ['kubeadm:cluster-admins'], admins);
test(grouped, 31, 14, ['kubeadm:cluster-admins'], admins);
test(grouped, 32, 99, ['kubeadm:cluster-admins'], admins);
test(grouped, 33, 11, ['kubeadm:cluster-admins'], admins);
test(grouped, 33, 12, [], own);
test(grouped, 34, 7, ['kubeadm:cluster-admins'], admins);
test(grouped, 34, 8, [], own);
test(grouped, 35, 4, ['kubeadm:cluster-admins'], admins);
test(grouped, 35, 5, [], own);
test(grouped, 36, 0, ['kubeadm:cluster-admins'], admins);
test(grouped, 36, 1, [], own);
test(grouped, 37, 0, [], own);
test(grouped, 38, 0, [], own);

test('The client for etcd is of system:masters up to 1.28, and of no group since', (t) => {
  const groups = (minor: number, patch: number) =>
    find('apiserver-etcd-client', {}, { version: { minor, patch } })?.organizations;
  t.deepEqual(groups(28, 15), ['system:masters']);
  t.deepEqual(groups(29, 0), []);
});

test('Where it presents its serving certificate to kubelets, that has both usages and a binding of its own', (t) => {
  const specs = plan({ clients: { kubelet: 'serving' } });
  t.deepEqual(
    specs.map(({ name, node }) => `${name}@${node}`),
    ['apiserver@cp-1', 'apiserver-etcd-client@cp-1', 'apiserver@cp-2', 'apiserver-etcd-client@cp-2'],
  );
  const { usages, connects, bindings, flags } = specs[0] ?? {};
  t.deepEqual<unknown, unknown>(
    { usages, connects, bindings, flags },
    {
      usages: ['server', 'client'],
      connects: [{ to: 'kubelet/server', at: 'each' }],
      bindings: [
        {
          binding: 'kubepki:apiserver-serving-kubelet-client',
          clusterRole: 'system:kubelet-api-admin',
          to: { kind: 'User', name: 'kube-apiserver' },
        },
      ],
      flags: { ...servingFlags, ...frontProxyFlags, ...kubeletFlags, ...members },
    },
  );
});

test('Where it presents its serving certificate to etcd, it connects to each member', (t) => {
  const specs = plan({ clients: { etcd: 'serving', kubelet: 'serving' } });
  t.deepEqual(
    specs.map(({ name, node }) => `${name}@${node}`),
    ['apiserver@cp-1', 'apiserver@cp-2'],
  );
  t.deepEqual(specs[0]?.connects, [
    { to: 'etcd/server', at: 'each' },
    { to: 'kubelet/server', at: 'each' },
  ]);
  t.deepEqual<unknown, unknown>(specs[0]?.flags, {
    ...servingFlags,
    ...frontProxyFlags,
    ...etcdFlags,
    ...kubeletFlags,
    ...members,
  });
});

test('With no client for etcd nothing refers to etcd', (t) => {
  const specs = plan({ clients: { etcd: 'none' } });
  t.deepEqual(
    specs.map(({ name, node }) => `${name}@${node}`),
    ['apiserver@cp-1', 'apiserver-kubelet-client@cp-1', 'apiserver@cp-2', 'apiserver-kubelet-client@cp-2'],
  );
  t.deepEqual<unknown, unknown>(specs[0]?.flags, { ...servingFlags, ...frontProxyFlags });
  t.deepEqual(specs[0]?.connects, []);
});

test('Without frontProxy it accepts clients alone', (t) => {
  const spec = find('apiserver', { frontProxy: false });
  t.deepEqual(spec?.accepts, ['cluster/client']);
  t.deepEqual<unknown, unknown>(spec?.flags, { ...servingFlags, ...members });
});

test('It is told where etcd is: on nodes of its own, or elsewhere', (t) => {
  const servers = (facts: Partial<Cluster>) => find('apiserver', {}, facts)?.flags?.['--etcd-servers'];
  t.is(servers({ nodes: [cp1, member] }), 'https://[fd00::31]:2379');
  const external = [
    { host: 'etcd-1.example.internal', port: 2379 },
    { host: '10.0.0.32', port: 12379 },
  ];
  t.is(servers({ etcd: { external } }), 'https://etcd-1.example.internal:2379,https://10.0.0.32:12379');
  t.is(servers({ etcd: { external: [] } }), undefined);
});

test('Its port can be another', (t) => {
  t.is(find('apiserver', { port: 8443 })?.port, 8443);
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => apiserver.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

test(
  'Each wrong option is named',
  refuses,
  {
    port: 65_536,
    sans: ['https://api.example.com'],
    loopback: 'no',
    subnets: 'none',
    addresses: [],
    clients: { etcd: 'shared', kubelet: 'none' },
    frontProxy: 1,
  },
  'component apiserver.port',
  'component apiserver.sans.0',
  'component apiserver.loopback',
  'component apiserver.subnets',
  'component apiserver.addresses',
  'component apiserver.clients.etcd',
  'component apiserver.clients.kubelet',
  'component apiserver.frontProxy',
);
test('An unknown option is refused', refuses, { certSANs: [] }, 'component apiserver');
test('An unknown client is refused', refuses, { clients: { webhook: 'serving' } }, 'component apiserver.clients');
