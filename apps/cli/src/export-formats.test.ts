import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { parse } from 'yaml';
import { type Desk, desk, two } from './testing/program.ts';

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);

/** Where cloud-init or Ignition says whether it takes a file, it says so. */
function taken(t: ExecutionContext, own: Desk, { program, args }: { program: string; args: readonly string[] }): void {
  const found = onPath(program);
  if (found === undefined) return void console.log(`Its own program does not judge: there is no ${program} on PATH`);
  const { status, stdout, stderr } = spawnSync(found, args, { cwd: own.cwd, encoding: 'utf8' });
  t.is(status, 0, `${stdout}${stderr}`);
}

async function generated(t: ExecutionContext, file: object): Promise<Desk> {
  const own = desk(t);
  own.write('cluster.yaml', file);
  const { status, stderr } = await own.kubepki(['generate', '--no-verify']);
  if (status !== 0) throw new Error(stderr);
  return own;
}

/** Each file of a node as it lies in the tree. */
const treeOf = (own: Desk, node: string, paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, own.read(`pki/current/nodes/${node}${path}`)]));

test('User data of cloud-init has a node’s files with owner and mode, its folders before and its links after them', async (t) => {
  const own = await generated(t, { ...two, permissions: 'rootless' });
  const { status, stdout, bytes } = await own.kubepki(['export', 'cp-1', '--format', 'cloud-init']);
  t.is(status, 0);
  t.true(stdout.startsWith('#cloud-config\n'));
  writeFileSync(own.path('cp-1.yaml'), bytes, { mode: 0o600 });
  taken(t, own, { program: 'cloud-init', args: ['schema', '--config-file', 'cp-1.yaml'] });

  const { bootcmd, write_files: files, runcmd, ...more } = parse(stdout);
  t.deepEqual(more, {});
  t.deepEqual(bootcmd, [
    ['install', '-d', '-m', '0755', '/etc/kubernetes/pki'],
    ['install', '-d', '-m', '0755', '/etc/kubernetes/pki/etcd'],
    ['install', '-d', '-m', '0700', '/var/lib/kubelet/pki'],
  ]);
  t.deepEqual(runcmd, [['ln', '-sfn', 'kubelet-client.pem', '/var/lib/kubelet/pki/kubelet-client-current.pem']]);
  type Written = { path: string; content: string; permissions: string; owner: string; defer?: true };
  const written: readonly Written[] = files;
  t.deepEqual(
    Object.fromEntries(written.map(({ path, content }) => [path, Buffer.from(content, 'base64').toString()])),
    treeOf(
      own,
      'cp-1',
      written.map(({ path }) => path),
    ),
  );
  const whose = (path: string) => {
    const { permissions, owner, defer } = written.find((file) => file.path === path) ?? {};
    return [permissions, owner, defer];
  };
  t.deepEqual(whose('/etc/kubernetes/pki/ca.crt'), ['0644', 'root:root', undefined]);
  t.deepEqual(whose('/etc/kubernetes/pki/apiserver.key'), ['0600', 'kubeadm-kas:kubeadm-kas', true]);
  t.deepEqual(whose('/etc/kubernetes/pki/sa.key'), ['0640', 'root:kubeadm-sa-key-readers', true]);
});

test('An Ignition config has a node’s folders, files and links, with owner and mode', async (t) => {
  const own = await generated(t, { ...two, permissions: 'rootless' });
  const { status, stdout, bytes } = await own.kubepki(['export', 'cp-1', '--format', 'ignition']);
  t.is(status, 0);
  writeFileSync(own.path('cp-1.ign'), bytes, { mode: 0o600 });
  taken(t, own, { program: 'ignition-validate', args: ['cp-1.ign'] });

  const { ignition, storage, ...more } = JSON.parse(stdout);
  t.deepEqual([ignition, more], [{ version: '3.4.0' }, {}]);
  type File = { path: string; mode: number; user: object; group: object; contents: { source: string } };
  const files: readonly File[] = storage.files;
  t.deepEqual(
    Object.fromEntries(
      files.map(({ path, contents }) => [
        path,
        Buffer.from(contents.source.replace(/^data:;base64,/, ''), 'base64').toString(),
      ]),
    ),
    treeOf(
      own,
      'cp-1',
      files.map(({ path }) => path),
    ),
  );
  const { contents: _, ...key } = files.find(({ path }) => path.endsWith('/sa.key')) ?? {};
  t.deepEqual(key, {
    path: '/etc/kubernetes/pki/sa.key',
    overwrite: true,
    mode: 0o640,
    user: { name: 'root' },
    group: { name: 'kubeadm-sa-key-readers' },
  });
  t.deepEqual(storage.links, [
    { path: '/var/lib/kubelet/pki/kubelet-client-current.pem', overwrite: true, target: 'kubelet-client.pem' },
  ]);
  t.deepEqual(
    storage.directories.map(({ path, mode }: File) => [path, mode.toString(8)]),
    [
      ['/etc/kubernetes/pki', '755'],
      ['/etc/kubernetes/pki/etcd', '755'],
      ['/var/lib/kubelet/pki', '700'],
    ],
  );
});

test('The default is a tar; another word, or a folder beside a format, is refused', async (t) => {
  const own = await generated(t, two);
  const [plain, named] = await Promise.all([
    own.kubepki(['export', 'w-1']),
    own.kubepki(['export', 'w-1', '--format', 'tar']),
  ]);
  t.deepEqual(plain.bytes, named.bytes);
  for (const [args, says] of [
    [['w-1', '--format', 'cloudinit'], /there is no format "cloudinit"[\s\S]*did you mean cloud-init\?/],
    [['w-1', '--format', 'constructor'], /the formats are tar, cloud-init, ignition/],
    [['w-1', 'out', '--format', 'ignition'], /--format ignition writes to stdout, and not into a folder/],
  ] as const) {
    const { status, stderr } = await own.kubepki(['export', ...args]);
    t.is(status, 64, stderr);
    t.regex(stderr, says);
  }
  t.false(existsSync(own.path('out')));
});
