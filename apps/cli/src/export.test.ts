import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, two } from './testing/program.ts';
import { withThird } from './testing/third.ts';

async function generated(own: Desk, file: object = two, ...args: string[]): Promise<Desk> {
  own.write('cluster.yaml', file);
  const { status, stderr } = await own.kubepki(['generate', ...args]);
  if (status !== 0) throw new Error(stderr);
  return own;
}

test('A tar has one node’s files and links, owned by root, and no folder that machines have anyway', async (t) => {
  const { kubepki, cwd } = await generated(desk(t));
  const { status, bytes, stderr } = await kubepki(['export', 'w-1']);
  t.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  const { stdout } = spawnSync('tar', ['-tv', '--numeric-owner'], { input: bytes, encoding: 'utf8' });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/));
  t.deepEqual(
    lines.map(([mode, owner, , , , ...path]) => [mode, owner, path.join(' ')]),
    [
      ['drwx------', '0/0', 'etc/kubernetes/pki/'],
      ['drwx------', '0/0', 'var/lib/kubelet/pki/'],
      ['-rw-------', '0/0', 'var/lib/kubelet/pki/kubelet-client.pem'],
      ['-rw-r--r--', '0/0', 'etc/kubernetes/pki/ca.crt'],
      ['-rw-r--r--', '0/0', 'var/lib/kubelet/pki/kubelet.crt'],
      ['-rw-------', '0/0', 'var/lib/kubelet/pki/kubelet.key'],
      ['-rw-------', '0/0', 'etc/kubernetes/kubelet.conf'],
      ['-rw-------', '0/0', 'etc/kubernetes/kube-proxy.conf'],
      ['lrwxrwxrwx', '0/0', 'var/lib/kubelet/pki/kubelet-client-current.pem -> kubelet-client.pem'],
    ],
  );
  t.is(new Set(lines.map(([, , , day, time]) => `${day} ${time}`)).size, 1);
  mkdirSync(`${cwd}/root`);
  spawnSync('tar', ['-xp', '-C', `${cwd}/root`], { input: bytes });
  t.is(spawnSync('diff', ['-r', 'root', 'pki/current/nodes/w-1'], { cwd }).status, 0);
  t.deepEqual((await kubepki(['export', 'w-1'])).bytes, bytes);
});

test('Several nodes go into a folder of their own, each into its own', async (t) => {
  const own = await generated(desk(t));
  const { status, stdout } = await own.kubepki(['export', 'cp-1', 'w-1', 'out']);
  t.deepEqual({ status, stdout }, { status: 0, stdout: 'wrote out/cp-1, out/w-1\n' });
  t.is(spawnSync('diff', ['-r', 'out', 'pki/current/nodes'], { cwd: own.cwd }).status, 0);
  t.regex(own.look().out ?? '', / 700 /);
  t.regex(own.look('out')['cp-1/etc/kubernetes/pki/ca.key'] ?? '', / 600 /);
});

const refusals: Record<string, [args: string[], status: number, says: RegExp]> = {
  'no node': [['export'], 64, /which node\?[\s\S]*cp-1, w-1/],
  'an unknown node': [['export', 'cp-2'], 64, /did you mean cp-1\?/],
  'a folder that looks like a node': [
    ['export', 'cp-1', 'w-2'],
    64,
    /did you mean w-1\? a folder of that name is \.\/w-2/,
  ],
  'several nodes and no folder': [['export', 'cp-1', 'w-1'], 64, /several need a folder/],
  'a folder with something in it': [['export', 'cp-1', 'full'], 65, /full is not empty/],
  'a folder nowhere': [['export', 'cp-1', 'no/where'], 65, /its folder is not there/],
  'an output that has nothing': [['export', 'cp-1', '-o', 'empty'], 65, /empty has no PKI yet/],
};
test('What cannot be exported is refused, and nothing is written', async (t) => {
  const own = await generated(desk(t));
  mkdirSync(own.path('empty'));
  mkdirSync(own.path('full'));
  own.write('full/file', 'mine');
  const before = own.look();
  for (const [what, [args, wanted, says]] of Object.entries(refusals)) {
    const { status, stdout, stderr } = await own.kubepki(args);
    t.deepEqual({ what, status, stdout }, { what, status: wanted, stdout: '' });
    t.regex(stderr, says);
  }
  t.deepEqual(own.look(), before);
});

test('A file that was changed since it was made is not handed out', async (t) => {
  const own = await generated(desk(t));
  writeFileSync(own.path('pki/current/nodes/w-1/etc/kubernetes/pki/ca.crt'), 'mine');
  const { status, stdout, stderr } = await own.kubepki(['export', 'w-1']);
  t.deepEqual({ status, stdout }, { status: 65, stdout: '' });
  t.regex(stderr, /pki\/ca\.crt was changed since kubepki wrote it/);
  await own.kubepki(['export', 'cp-1', 'w-1', 'out']);
  t.false('out' in own.look());
});

test('An authority’s key that is kept apart is left out with a word, or read from its folder', async (t) => {
  const own = await generated(desk(t), two, '--authority-keys', 'stick');
  const names = (input: Buffer) => spawnSync('tar', ['-t'], { input, encoding: 'utf8' }).stdout;
  const without = await own.kubepki(['export', 'cp-1']);
  t.is(without.status, 0);
  t.notRegex(names(without.bytes), /pki\/ca\.key/);
  t.regex(without.stderr, /^left out of cp-1: \/etc\/kubernetes\/pki\/ca\.key/);
  const whole = await own.kubepki(['export', 'cp-1', '--authority-keys', 'stick']);
  t.deepEqual([whole.status, whole.stderr], [0, '']);
  t.regex(names(whole.bytes), /pki\/ca\.key/);
  own.write('stick/ca.key', own.read('stick/etcd/ca.key'));
  t.is((await own.kubepki(['export', 'cp-1', '--authority-keys', 'stick'])).status, 65);
});

test('A flat tree has no folders of nodes', async (t) => {
  const own = await generated(desk(t), { ...two, layout: { tree: 'flat' } });
  const { status, stderr } = await own.kubepki(['export', 'cp-1']);
  t.is(status, 65);
  t.regex(stderr, /one flat folder/);
});

test('A flat tree stays one where an emitter of somebody’s writes into a folder for each node', async (t) => {
  const own = withThird(
    t,
    `emitters: [emitter('third', {
      files: ({ node, specs }) => specs.filter(({ name }) => node && name === 'kubelet/server')
        .map(({ id }) => ({ ...file, path: 'nodes/' + node + '/third', holds: [{ id, part: 'certificate' }] })),
      render: ({ holds }, get) => holds.map(get).join(''),
      read: (text) => [text],
    })]`,
  );
  own.write('cluster.yaml', { ...two, layout: { tree: 'flat' } });
  const { stdout } = await own.kubepki(['plan', '--node', 'w-1']);
  t.regex(
    stdout,
    /kubelet\/server@w-1 .*\n(?: .*\n)*? +files {2}kubelet-w-1\.crt, kubelet-w-1\.key, nodes\/w-1\/third/,
  );
  t.is((await own.kubepki(['generate'])).status, 0);
  const { status, stderr } = await own.kubepki(['export', 'w-1']);
  t.is(status, 65);
  t.regex(stderr, /one flat folder/);
});

test('A reader that goes away before the end is a failure of the system', async (t) => {
  const own = await generated(desk(t));
  const { child, done } = own.start(['export', 'cp-1']);
  child.stdout.destroy();
  t.like(await done, { status: 74 });
});
