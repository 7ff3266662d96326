import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk } from './testing/program.ts';

const old = {
  profile: 'kubeadm',
  keys: 'ecdsa-p256',
  controlPlaneEndpoint: 'api.example.com',
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'w-1', roles: ['worker'] },
  ],
};

/** A desk with what lies on two machines, in `old/cp-1` and `old/w-1`, and nothing else. */
async function machines(own: Desk): Promise<void> {
  own.write('old.yaml', old);
  await own.kubepki(['generate', '-f', 'old.yaml', '-o', 'made', '--no-verify']);
  await own.kubepki(['export', 'cp-1', 'w-1', 'old', '-o', 'made']);
}

test('A PKI is described and taken over, and nothing in the old folders is touched', async (t) => {
  t.timeout(180_000);
  const own = desk(t);
  await machines(own);
  const tar = await own.kubepki(['export', 'w-1', '-o', 'made']);
  writeFileSync(own.path('w-1.tar'), tar.bytes);
  const before = own.look('old');

  const described = await own.kubepki(['init', '--from', 'old/cp-1', 'w-1.tar']);
  t.is(described.status, 0, described.stderr);
  t.regex(described.stdout, /^wrote cluster\.yaml; [^\n]*\n +kubepki plan\n +kubepki adopt old\/cp-1 w-1\.tar\n$/m);
  t.regex(own.read('cluster.yaml'), /^keys: ecdsa-p256$/m);

  const dry = await own.kubepki(['adopt', 'old/cp-1/etc/kubernetes', 'w-1.tar', '--dry-run']);
  t.is(dry.status, 0, dry.stderr);
  t.regex(dry.stdout, /^kubernetes: 17 of 17 credentials would be taken over; nothing was written$/m);
  t.false(existsSync(own.path('pki')));

  const { status, stdout, stderr } = await own.kubepki(['adopt', 'old/cp-1/etc/kubernetes', 'w-1.tar', '--json']);
  t.is(status, 0, stderr);
  const { taken, anew, absent, verified } = JSON.parse(stdout);
  t.deepEqual([taken.length, anew, absent], [17, [], []]);
  t.true(verified.files > 30);
  t.deepEqual(own.look('old'), before);
  t.is(
    own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.key'),
    own.read('old/cp-1/etc/kubernetes/pki/apiserver.key'),
  );

  const again = await own.kubepki(['generate', '--dry-run']);
  t.regex(again.stdout, /^nothing to do: /);
  const twice = await own.kubepki(['adopt', 'old/cp-1']);
  t.is(twice.status, 65);
  t.regex(twice.stderr, /^error: pki has a PKI already, and nothing is adopted over one$/m);
});

test('What is wrong is told at once, and nothing is written', async (t) => {
  t.timeout(180_000);
  const own = desk(t);
  await machines(own);
  own.write('cluster.yaml', { ...old, keys: 'rsa-2048' });
  const { status, stdout } = await own.kubepki(['adopt', 'old/cp-1', 'old/w-1', '--json']);
  t.is(status, 65);
  const { error } = JSON.parse(stdout);
  t.is(error.code, 'ADOPT_REFUSED');
  t.deepEqual(
    error.problems.map(({ where }: { where: string }) => where.replace(/^.*pki\//, '')),
    ['ca.crt', 'etcd/ca.crt', 'front-proxy-ca.crt', 'sa.key'],
  );
  t.deepEqual(
    Object.keys(own.look()).filter((path) => path.startsWith('pki')),
    [],
  );
  if (process.getuid?.() === 0) return;
  chmodSync(own.path('old/cp-1/etc/kubernetes/pki/ca.key'), 0);
  t.regex((await own.kubepki(['adopt', 'old/cp-1'])).stderr, /ca\.key may not be read \(EACCES\)/);
});

test('What cannot be meant is refused in a line', async (t) => {
  t.timeout(180_000);
  const own = desk(t);
  own.write('cluster.yaml', old);
  for (const [args, status, message] of [
    [['adopt'], 64, /^error: which folders\?$/m],
    [['adopt', '-', 'cp-1=-'], 64, /^error: stdin is named twice/m],
    [['adopt', 'cp-1=nowhere'], 65, /^error: there is no folder or tar of a PKI nowhere$/m],
    [['adopt', 'cluster.yaml'], 65, /^error: cluster\.yaml is no tar$/m],
    [['init', '--from', '.', '--from-kubeadm', 'x'], 64, /cannot be together/],
    [['init', 'one', 'two'], 64, /takes no argument "two"/],
  ] as const) {
    const done = await own.kubepki(args);
    t.is(done.status, status, args.join(' '));
    t.regex(done.stderr, message);
  }
});

test("A cluster file is made of kubeadm's configuration, with a warning for what was not understood", async (t) => {
  const own = desk(t);
  const input = JSON.stringify({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    kubernetesVersion: 'v1.37.0',
    quorum: 3,
  });
  const { status, stdout, stderr } = await own.kubepki(['init', '--from-kubeadm', '-', '-'], { input });
  t.is(status, 0, stderr);
  t.regex(stdout, /^kubernetesVersion: "1\.37\.0"$/m);
  t.regex(stderr, /^warning: ClusterConfiguration\.quorum: it is not understood/m);
  t.regex(stderr, /^warning: nodes: the configuration names no node/m);
});
