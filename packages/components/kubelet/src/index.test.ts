import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { kubelet } from './index.ts';

testComponent(test, kubelet, {
  options: [
    { serving: false, embed: 'first' },
    { rotates: false, localEndpoint: false },
  ],
});

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    {
      name: 'cp-1',
      roles: ['control-plane', 'etcd'],
      ips: ['10.0.0.11', 'fd00::11'],
      names: ['cp-1.example.internal'],
    },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
    { name: 'etcd-1', roles: ['etcd'], ips: ['10.0.0.31'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21', 'fd00::21'], names: ['w-1.example.internal'] },
  ],
  etcd: 'nodes',
};

const plan = (options?: Parameters<typeof kubelet>[0], version = cluster.version) => [
  ...kubelet(options).plan({ ...cluster, version }),
];

/** One thing of each kubelet, by the node's name. */
function each(name: string, { options, pick }: { options?: Parameters<typeof kubelet>[0]; pick: string }) {
  const specs = plan(options).filter((spec) => spec.name === name);
  return Object.fromEntries(
    specs.map((spec) => [(spec as { node: string }).node, (spec as Record<string, unknown>)[pick]]),
  );
}

test("A worker's kubelet is of exactly one group, has no names and finds its credentials by path", (t) => {
  t.deepEqual(plan().filter(({ name }) => name === 'kubelet/client')[2], {
    kind: 'leaf',
    name: 'kubelet/client',
    node: 'w-1',
    issuer: 'cluster/client',
    usages: ['client'],
    commonName: 'system:node:w-1',
    organizations: ['system:nodes'],
    process: 'kubelet',
    reload: 'restart',
    renews: 'itself',
    connects: [{ to: 'apiserver', at: 'endpoint' }],
    kubeconfig: { credentials: 'path' },
    bindings: [
      {
        binding: 'kubeadm:node-autoapprove-certificate-rotation',
        clusterRole: 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
        to: { kind: 'Group', name: 'system:nodes' },
      },
    ],
    flags: {
      '--kubeconfig': { part: 'kubeconfig' },
      'authentication.x509.clientCAFile': { of: 'cluster/client', part: 'trust', rereads: true },
      'authentication.anonymous.enabled': 'false',
      rotateCertificates: 'true',
    },
  });
});

test("A worker's kubelet serves at 10250 under all names and addresses of its node, and no others", (t) => {
  t.deepEqual(plan().filter(({ name }) => name === 'kubelet/server')[2], {
    kind: 'leaf',
    name: 'kubelet/server',
    node: 'w-1',
    issuer: 'kubelet/server',
    usages: ['server'],
    commonName: 'system:node:w-1',
    organizations: ['system:nodes'],
    sans: { dns: ['w-1', 'w-1.example.internal'], ips: ['10.0.0.21', 'fd00::21'] },
    process: 'kubelet',
    reload: 'rereads',
    port: 10250,
    accepts: ['cluster/client'],
    flags: { tlsCertFile: { part: 'certificate' }, tlsPrivateKeyFile: { part: 'key' } },
  });
});

test('Every node has a kubelet but one that is etcd alone', (t) => {
  t.deepEqual(
    plan().map((spec) => `${spec.name}@${(spec as { node: string }).node}`),
    [
      'kubelet/client@cp-1',
      'kubelet/server@cp-1',
      'kubelet/client@cp-2',
      'kubelet/server@cp-2',
      'kubelet/client@w-1',
      'kubelet/server@w-1',
    ],
  );
});

test('Kubelets of control planes ask their own API server, unless localEndpoint is off', (t) => {
  const pick = 'connects';
  t.deepEqual(each('kubelet/client', { pick }), {
    'cp-1': [{ to: 'apiserver', at: 'local' }],
    'cp-2': [{ to: 'apiserver', at: 'local' }],
    'w-1': [{ to: 'apiserver', at: 'endpoint' }],
  });
  t.deepEqual(each('kubelet/client', { options: { localEndpoint: false }, pick }), {
    'cp-1': [{ to: 'apiserver', at: 'endpoint' }],
    'cp-2': [{ to: 'apiserver', at: 'endpoint' }],
    'w-1': [{ to: 'apiserver', at: 'endpoint' }],
  });
});

test('With embed: first the first control plane alone has its credentials inside kubelet.conf', (t) => {
  t.deepEqual(each('kubelet/client', { options: { embed: 'first' }, pick: 'kubeconfig' }), {
    'cp-1': { credentials: 'embedded' },
    'cp-2': { credentials: 'path' },
    'w-1': { credentials: 'path' },
  });
});

test('Without serving the API server reaches a kubelet that it cannot check', (t) => {
  t.deepEqual(plan({ serving: false })[1], {
    kind: 'elsewhere',
    name: 'kubelet/server',
    node: 'cp-1',
    addresses: [{ host: '10.0.0.11', port: 10250 }],
    accepts: ['cluster/client'],
  });
});

test('A kubelet that does not rotate needs no approval and reads its file again, if it has it by path', (t) => {
  const options = { rotates: false, embed: 'first' } as const;
  const nodes = ['cp-1', 'cp-2', 'w-1'];
  t.deepEqual(
    each('kubelet/client', { options, pick: 'bindings' }),
    Object.fromEntries(nodes.map((node) => [node, []])),
  );
  t.deepEqual(each('kubelet/client', { options, pick: 'reload' }), {
    'cp-1': 'restart',
    'cp-2': 'rereads',
    'w-1': 'rereads',
  });
  t.deepEqual(each('kubelet/client', { options, pick: 'renews' }), {
    'cp-1': undefined,
    'cp-2': undefined,
    'w-1': undefined,
  });
  t.like(plan(options)[0], { flags: { rotateCertificates: 'false' } });
});

test('A kubelet reads its serving certificate again from 1.31 on', (t) => {
  t.like(plan({}, { minor: 30, patch: 14 })[1], { name: 'kubelet/server', reload: 'restart' });
  t.like(plan({}, { minor: 31, patch: 0 })[1], { name: 'kubelet/server', reload: 'rereads' });
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => kubelet.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

test(
  'Each wrong option is named',
  refuses,
  { serving: 'false', rotates: 0, localEndpoint: null, embed: 'all' },
  'component kubelet.serving',
  'component kubelet.rotates',
  'component kubelet.localEndpoint',
  'component kubelet.embed',
);
test('An unknown option is refused', refuses, { port: 10250 }, 'component kubelet');
