import test from 'ava';
import {
  assembled,
  contents,
  etcdElsewhere,
  etcdOnItsOwn,
  oneNode,
  paths,
  threeControlPlanes,
} from '../_assembled.test.ts';
import { kubeadmLayout, nodesLayout } from '../index.ts';

const authorities = [
  'authorities/ca.crt',
  'authorities/ca.key',
  'authorities/etcd/ca.crt',
  'authorities/etcd/ca.key',
  'authorities/front-proxy-ca.crt',
  'authorities/front-proxy-ca.key',
  'authorities/sa.key',
  'authorities/sa.pub',
];
const people = ['users/admin.conf', 'users/super-admin.conf'];
const manifests = ['manifests/rbac.yaml'];

const kubelet = [
  'etc/kubernetes/kube-proxy.conf',
  'etc/kubernetes/kubelet.conf',
  'etc/kubernetes/pki/ca.crt',
  'var/lib/kubelet/pki/kubelet-client-current.pem -> kubelet-client.pem',
  'var/lib/kubelet/pki/kubelet-client.pem',
  'var/lib/kubelet/pki/kubelet.crt',
  'var/lib/kubelet/pki/kubelet.key',
];
const controlPlane = [
  ...kubelet,
  'etc/kubernetes/controller-manager.conf',
  'etc/kubernetes/scheduler.conf',
  'etc/kubernetes/pki/apiserver-etcd-client.crt',
  'etc/kubernetes/pki/apiserver-etcd-client.key',
  'etc/kubernetes/pki/apiserver-kubelet-client.crt',
  'etc/kubernetes/pki/apiserver-kubelet-client.key',
  'etc/kubernetes/pki/apiserver.crt',
  'etc/kubernetes/pki/apiserver.key',
  'etc/kubernetes/pki/ca.key',
  'etc/kubernetes/pki/etcd/ca.crt',
  'etc/kubernetes/pki/front-proxy-ca.crt',
  'etc/kubernetes/pki/front-proxy-client.crt',
  'etc/kubernetes/pki/front-proxy-client.key',
  'etc/kubernetes/pki/sa.key',
  'etc/kubernetes/pki/sa.pub',
];
const member = [
  'etc/kubernetes/pki/etcd/ca.crt',
  'etc/kubernetes/pki/etcd/healthcheck-client.crt',
  'etc/kubernetes/pki/etcd/healthcheck-client.key',
  'etc/kubernetes/pki/etcd/peer.crt',
  'etc/kubernetes/pki/etcd/peer.key',
  'etc/kubernetes/pki/etcd/server.crt',
  'etc/kubernetes/pki/etcd/server.key',
];

function on(node: string, ...files: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(files.flat())].map((path) => `nodes/${node}/${path}`);
}

const has = test.macro((t, text: string, ...expected: (readonly string[])[]) => {
  t.deepEqual(paths(text), expected.flat().sort());
});

test('One node has everything', has, oneNode, authorities, people, manifests, on('cp-1', controlPlane, member));
test(
  'Three control planes have the same files each, and workers those of a kubelet',
  has,
  threeControlPlanes,
  authorities,
  people,
  manifests,
  ...['cp-1', 'cp-2', 'cp-3'].map((node) => on(node, controlPlane, member)),
  ...['w-1', 'w-2'].map((node) => on(node, kubelet)),
);
test(
  'Nodes that are etcd alone have the files of a member, and control planes then no member',
  has,
  etcdOnItsOwn,
  authorities,
  people,
  manifests,
  on('cp-1', controlPlane),
  on('etcd-1', member),
  on('etcd-2', member),
  on('w-1', kubelet),
);

const withoutEtcd = (list: readonly string[]) => list.filter((path) => !path.includes('etcd'));
test(
  'For an etcd elsewhere whose authority is unknown there is no file',
  has,
  etcdElsewhere,
  withoutEtcd(authorities),
  people,
  manifests,
  on('cp-1', withoutEtcd(controlPlane)),
  on('w-1', kubelet),
);
test(
  'For an etcd elsewhere with its authority there is a client, and the key stays with its owner',
  has,
  `${etcdElsewhere}authorities: {etcd/ca: {certificate: e.crt, key: e.key}}`,
  authorities.filter((path) => path !== 'authorities/etcd/ca.key'),
  people,
  manifests,
  on('cp-1', controlPlane),
  on('w-1', kubelet),
);

const pemOf = (path: string) =>
  path.includes('->') || path.endsWith('.pem') ? path : path.replace(/\.crt$/, '.pem').replace(/\.key$/, '-key.pem');
test(
  'With names: pem every pair is x.pem and x-key.pem, and a bare public key stays x.pub',
  has,
  `${oneNode}layout: {names: pem}`,
  authorities.map(pemOf),
  people,
  manifests,
  on('cp-1', controlPlane.map(pemOf), member.map(pemOf)),
);

const kubeadmFiles = (path: string) => !/kube-proxy|kubelet\.(crt|key)/.test(path);
const kubeadmKeys = ['etc/kubernetes/pki/front-proxy-ca.key', 'etc/kubernetes/pki/etcd/ca.key'];
test(
  'With profile kubeadm a control plane has the keys of all authorities, and only who joined has a file for its kubelet',
  has,
  `${threeControlPlanes}profile: kubeadm`,
  authorities,
  on(
    'cp-1',
    [...controlPlane, ...member].filter((path) => kubeadmFiles(path) && !path.includes('kubelet-client.pem')),
    kubeadmKeys,
    ['etc/kubernetes/admin.conf', 'etc/kubernetes/super-admin.conf'],
  ),
  ...['cp-2', 'cp-3'].map((node) =>
    on(node, [...controlPlane, ...member].filter(kubeadmFiles), kubeadmKeys, ['etc/kubernetes/admin.conf']),
  ),
  ...['w-1', 'w-2'].map((node) => on(node, kubelet.filter(kubeadmFiles))),
);

test('What belongs to no node and no person is beside the nodes: servers, clients, and users by their names', (t) => {
  const more = `${oneNode}
components: {etcd-clients: true, webhook: {services: [{name: policy, namespace: security}]}, scheduler: {serving: true}, konnectivity: true}
users: [{name: jane}]
emitters: {secrets: true}
`;
  const known = new Set(paths(oneNode));
  t.deepEqual(
    paths(more).filter((path) => !known.has(path)),
    [
      'clients/etcd/backup-client.crt',
      'clients/etcd/backup-client.key',
      'manifests/secrets/kube-system/etcd-backup-client.yaml',
      'manifests/secrets/security/policy-tls.yaml',
      'nodes/cp-1/etc/kubernetes/konnectivity-server.conf',
      'nodes/cp-1/etc/kubernetes/pki/konnectivity-agents.crt',
      'nodes/cp-1/etc/kubernetes/pki/konnectivity-agents.key',
      'nodes/cp-1/etc/kubernetes/pki/scheduler/server.crt',
      'nodes/cp-1/etc/kubernetes/pki/scheduler/server.key',
      'servers/webhook/security/policy.crt',
      'servers/webhook/security/policy.key',
      'users/jane.conf',
    ],
  );
});

/** What nodes hold: the id and the part of everything, by node. */
function holdings(text: string, node: string): readonly string[] {
  const lines = contents(text).filter((line) => line.slice(5).startsWith(`nodes/${node}/`));
  return [...new Set(lines.flatMap((line) => line.split(': ')[1]?.split(', ') ?? []))];
}

test('A worker holds its own keys and the certificate of one authority', (t) => {
  t.deepEqual([...holdings(threeControlPlanes, 'w-1')].sort(), [
    'ca certificate',
    'kube-proxy@w-1 certificate',
    'kube-proxy@w-1 key',
    'kubelet/client@w-1 certificate',
    'kubelet/client@w-1 key',
    'kubelet/server@w-1 certificate',
    'kubelet/server@w-1 key',
  ]);
});

test("A node that is etcd alone holds its own keys and the certificate of etcd's authority", (t) => {
  t.deepEqual([...holdings(etcdOnItsOwn, 'etcd-2')].sort(), [
    'etcd/ca certificate',
    'etcd/healthcheck-client@etcd-2 certificate',
    'etcd/healthcheck-client@etcd-2 key',
    'etcd/peer@etcd-2 certificate',
    'etcd/peer@etcd-2 key',
    'etcd/server@etcd-2 certificate',
    'etcd/server@etcd-2 key',
  ]);
});

const sharedKeys = (text: string) => holdings(text, 'cp-1').filter((held) => /^[^@]+ key$/.test(held));

test("A control plane holds the key of the cluster's authority and of the tokens, and of no other", (t) => {
  t.deepEqual(sharedKeys(threeControlPlanes), ['sa key', 'ca key']);
});

test('Without signsRequests a control plane holds no key of an authority', (t) => {
  t.deepEqual(sharedKeys(`${oneNode}components: {controller-manager: {signsRequests: false}}`), ['sa key']);
});

test('With one authority for all a worker still holds no key of it', (t) => {
  const text = `${threeControlPlanes}authorities: single`;
  t.deepEqual(
    holdings(text, 'w-1').filter((held) => held.startsWith('ca ')),
    ['ca certificate'],
  );
  t.deepEqual(
    paths(text).filter((path) => path.startsWith('nodes/cp-1/') && path.includes('ca.')),
    [
      'nodes/cp-1/etc/kubernetes/pki/ca.crt',
      'nodes/cp-1/etc/kubernetes/pki/ca.key',
      'nodes/cp-1/etc/kubernetes/pki/etcd/ca.crt',
      'nodes/cp-1/etc/kubernetes/pki/front-proxy-ca.crt',
    ],
  );
});

test('No node holds what is of another node, or of a person', (t) => {
  for (const text of [threeControlPlanes, etcdOnItsOwn, `${threeControlPlanes}profile: kubeadm`]) {
    for (const { name } of assembled(text).plan.cluster.nodes) {
      const strange = holdings(text, name).filter((held) => held.includes('@') && !held.includes(`@${name} `));
      t.deepEqual(strange, [], name);
    }
  }
  t.false(holdings(threeControlPlanes, 'cp-1').some((held) => held.includes('admin')));
});

test('A use with an authority of its own has a file of its own, and a flag that leads there', (t) => {
  const lines = contents(`${oneNode}authorities: {etcd/peer: ca, kubelet/server: {certificate: k.crt, key: k.key}}`);
  const pki = '0644 nodes/cp-1/etc/kubernetes/pki';
  const found = lines.filter((line) => line.startsWith(pki) && line.includes('ca.crt'));
  t.deepEqual(found.sort(), [
    `${pki}/ca.crt: ca certificate`,
    `${pki}/etcd-peer-ca.crt: ca certificate`,
    `${pki}/etcd/ca.crt: etcd/ca certificate`,
    `${pki}/front-proxy-ca.crt: front-proxy-ca certificate`,
    `${pki}/kubelet-server-ca.crt: kubelet/server-ca certificate`,
  ]);
});

test('A use that Kubernetes does not know has a file named after it', (t) => {
  const { plan } = assembled(oneNode);
  const more = { ...plan, uses: { ...plan.uses, 'mesh/east/peer': { signs: 'mesh', trusts: ['mesh'] } } };
  const place = nodesLayout().shared({ use: 'mesh/east/peer', part: 'trust', node: 'cp-1' }, more);
  t.is(place, 'nodes/cp-1/etc/kubernetes/pki/mesh-east-peer-ca.crt');
});

test('While a bundle is trusted, what signs is one certificate in a file of its own', (t) => {
  const { plan } = assembled(oneNode);
  const rotating = {
    ...plan,
    uses: {
      ...plan.uses,
      'cluster/client': { signs: 'ca', trusts: ['ca', 'next'] },
      'cluster/server': { signs: 'ca', trusts: ['ca', 'next'] },
      'kubelet/server': { signs: 'ca', trusts: ['ca', 'next'] },
    },
  };
  const layout = nodesLayout();
  const place = (part: 'trust' | 'certificate' | 'key', use = 'cluster/client') =>
    layout.shared({ use, part, node: 'cp-1' }, rotating);
  t.is(place('trust'), 'nodes/cp-1/etc/kubernetes/pki/ca.crt');
  t.is(place('trust', 'kubelet/server'), 'nodes/cp-1/etc/kubernetes/pki/ca.crt');
  t.is(place('certificate'), 'nodes/cp-1/etc/kubernetes/pki/ca-signing.crt');
  t.is(place('key'), 'nodes/cp-1/etc/kubernetes/pki/ca.key');
});

test('A file lies on its node where its folder is the root; what is of no node lies nowhere', (t) => {
  const { installed } = nodesLayout();
  t.is(installed('nodes/cp-1/etc/kubernetes/pki/ca.crt'), '/etc/kubernetes/pki/ca.crt');
  t.is(installed('authorities/ca.crt'), undefined);
  t.is(installed('nodes/cp-1'), undefined);
});

test('All folders are closed, and with kubeadm pki and pki/etcd are open to look into', (t) => {
  const modes = (layout: ReturnType<typeof nodesLayout>) =>
    ['', '/etc/kubernetes', '/etc/kubernetes/pki', '/etc/kubernetes/pki/etcd', '/var/lib/kubelet/pki'].map((folder) =>
      layout.folderMode(`nodes/cp-1${folder}`).toString(8),
    );
  t.deepEqual(modes(nodesLayout()), ['700', '700', '700', '700', '700']);
  t.deepEqual(modes(kubeadmLayout()), ['700', '700', '755', '755', '700']);
  t.is(kubeadmLayout().folderMode('authorities'), 0o700);
});

test('Keys and kubeconfigs are 0600, certificates 0644, a public key 0644 and with kubeadm 0600', (t) => {
  for (const [text, publicKey] of [
    [oneNode, '0644'],
    [`${oneNode}profile: kubeadm`, '0600'],
  ] as const) {
    for (const line of contents(text).filter((each) => !each.includes('->'))) {
      const mode = /\.(key|conf|pem): /.test(line) ? '0600' : line.includes('.pub') ? publicKey : '0644';
      t.is(line.slice(0, 4), mode, line);
    }
  }
});
