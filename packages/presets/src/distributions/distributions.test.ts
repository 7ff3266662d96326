import test from 'ava';
import { assembled, contents, made, oneNode, paths, refusal, threeControlPlanes } from '../_assembled.test.ts';

const people = ['manifests/rbac.yaml', 'users/admin.conf', 'users/super-admin.conf'];
const pairs = (folder: string, ...names: readonly string[]) =>
  names.flatMap((name) => [`${folder}/${name}.crt`, `${folder}/${name}.key`]);
const signers = (text: string) =>
  Object.fromEntries(Object.entries(assembled(text).plan.uses).map(([use, { signs }]) => [use, signs]));

for (const program of ['k3s', 'rke2']) {
  const text = `${threeControlPlanes}distribution: ${program}`;

  test(`${program} has its five authorities and the key of tokens where it looks for them, and no leaf but people’s`, (t) => {
    const authorities = ['client-ca', 'server-ca', 'request-header-ca', 'etcd/peer-ca', 'etcd/server-ca'];
    t.deepEqual(paths(text), [...pairs('server/tls', ...authorities), 'server/tls/service.key', ...people].sort());
    t.true(contents(text).includes('0600 server/tls/service.key: sa key'));
    t.deepEqual(signers(text), {
      'cluster/client': 'client-ca',
      'cluster/server': 'server-ca',
      'kubelet/server': 'server-ca',
      'front-proxy/client': 'request-header-ca',
      'etcd/server': 'etcd/server-ca',
      'etcd/client': 'etcd/server-ca',
      'etcd/peer': 'etcd/peer-ca',
      sa: 'sa',
    });
  });

  test(`A person of ${program} is signed by the authority of clients and checks servers by that of servers`, (t) => {
    t.true(contents(text).includes('0600 users/admin.conf: server-ca certificate, admin certificate, admin key'));
    const { plan } = assembled(text);
    t.is(plan.specs.find(({ id }) => id === 'admin')?.kind, 'leaf');
    const ca = plan.specs.find(({ id }) => id === 'client-ca');
    t.is(ca?.kind === 'authority' && ca.commonName, `${program}-client-ca`);
  });
}

test('k0s has three authorities and the pair of tokens in its own folder', (t) => {
  t.deepEqual(
    paths(`${oneNode}distribution: k0s`),
    [...pairs('pki', 'ca', 'etcd/ca', 'front-proxy-ca'), 'pki/sa.key', 'pki/sa.pub', ...people].sort(),
  );
});

test('kOps has its keysets by their names', (t) => {
  const names = ['kubernetes-ca', 'apiserver-aggregator-ca', 'etcd-clients-ca', 'service-account'];
  const etcd = ['main', 'events'].flatMap((which) => [`etcd-manager-ca-${which}`, `etcd-peers-ca-${which}`]);
  t.deepEqual(
    paths(`${oneNode}distribution: kops`),
    [...pairs('keysets', ...names, ...etcd), 'keysets/service-account.pub', ...people]
      .filter((path) => path !== 'keysets/service-account.crt')
      .sort(),
  );
  const { plan } = assembled(`${oneNode}distribution: kops`);
  for (const spec of plan.specs) if (spec.kind === 'authority') t.is(spec.commonName, spec.name);
});

test('Talos has the authority of its machines’ API beside those of the cluster, with an Ed25519 key', (t) => {
  const plain = `${oneNode}distribution: talos\nemitters: {talos: false}`;
  const { plan } = assembled(plain);
  const os = plan.specs.find(({ id }) => id === 'talos/os-ca');
  t.is(os?.kind === 'authority' && os.keys, 'ed25519');
  t.true(paths(plain).includes('authorities/talos/os-ca.key'));
  t.true(assembled(`${oneNode}distribution: talos`).emitters.some(({ name }) => name === 'talos'));
  t.false(assembled(plain).emitters.some(({ name }) => name === 'talos'));
});

test('A kubeconfig of a distribution has the endpoint, with the port of API servers where it has none', async (t) => {
  const alone = (await made(`${oneNode}distribution: k0s`)).get('users/admin.conf') ?? '';
  t.regex(alone, /^ {4}server: "https:\/\/10\.0\.0\.11:6443"$/m);
  const named = await made(`controlPlaneEndpoint: api.example.internal:7443\n${oneNode}distribution: k0s`);
  t.regex(named.get('users/admin.conf') ?? '', /^ {4}server: "https:\/\/api\.example\.internal:7443"$/m);
});

test('One authority for all is refused, since a distribution has its own', (t) => {
  t.deepEqual(
    refusal(t, 'CLUSTER_FILE_INVALID', () => assembled(`${oneNode}distribution: k3s\nauthorities: single`)),
    ['authorities: k3s has authorities of its own, and no single one'],
  );
});

test('What a cluster file names goes before the distribution', (t) => {
  const text = `${oneNode}distribution: k3s\ncomponents: {admin: false}\nauthorities: {etcd/peer-ca: etcd/server-ca}`;
  t.false(paths(text).some((path) => path.startsWith('users/')));
  t.is(signers(text)['etcd/peer'], 'etcd/server-ca');
  t.false(paths(text).includes('server/tls/etcd/peer-ca.crt'));
  const flat = paths(`${oneNode}distribution: k3s\nlayout: {tree: flat}`);
  t.true(flat.includes('client-ca.crt'));
});
