import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, two } from './testing/program.ts';
import { typed } from './testing/typed.ts';

const pki = 'etc/kubernetes/pki';
const passwd = ['root:x:0:0', 'kubeadm-etcd:x:901:911', 'kubeadm-kas:x:902:912', 'kubeadm-kcm:x:903:913'];
const group = ['root:x:0:', 'kubeadm-etcd:x:911:', 'kubeadm-kas:x:912:', 'kubeadm-kcm:x:913:'];

/** A folder that stands for a node's `/`, with users and groups of its own. */
function machine(own: Desk): void {
  mkdirSync(own.path('root/etc'), { recursive: true });
  const lines = (all: readonly string[]) => `${all.join('\n')}\n`;
  writeFileSync(own.path('root/etc/passwd'), lines([...passwd, 'kubeadm-ks:x:904:914']));
  writeFileSync(own.path('root/etc/group'), lines([...group, 'kubeadm-ks:x:914:', 'kubeadm-sa-key-readers:x:920:']));
}

const here = process.getuid?.() === 0 ? test.serial : test.serial.skip;
if (process.getuid?.() !== 0) console.log('Owners are not set: only root may');

here('rootless shows in the tar, and install gives each file to its user by the node’s own numbers', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', { ...two, permissions: 'rootless' });
  const made = await typed(own, ['generate']);
  t.is(made.status, 0, made.stderr);
  const tar = await own.kubepki(['export', 'cp-1']);
  const listed = spawnSync('tar', ['-tv'], { input: tar.bytes, encoding: 'utf8' }).stdout;
  for (const line of [
    /^-rw------- kubeadm-kas\/kubeadm-kas .* etc\/kubernetes\/pki\/apiserver\.key$/m,
    /^-rw-r----- root\/kubeadm-sa-key-readers .* etc\/kubernetes\/pki\/sa\.key$/m,
    /^-rw-r--r-- root\/root .* etc\/kubernetes\/pki\/apiserver\.crt$/m,
    /^drwxr-xr-x root\/root .* etc\/kubernetes\/pki\/etcd\/$/m,
  ])
    t.regex(listed, line);

  machine(own);
  const put = await typed(own, ['install', '--node', 'cp-1', '--root', 'root']);
  t.is(put.status, 0, put.stderr);
  const whose = (path: string) => {
    const { mode, uid, gid } = lstatSync(own.path('root', path));
    return `${(mode & 0o777).toString(8)} ${uid}:${gid}`;
  };
  t.deepEqual([pki, `${pki}/apiserver.key`, `${pki}/sa.key`, `${pki}/etcd/peer.key`, `${pki}/ca.crt`].map(whose), [
    '755 0:0',
    '600 902:912',
    '640 0:920',
    '600 901:911',
    '644 0:0',
  ]);
  t.is(whose('etc/kubernetes/scheduler.conf'), '600 904:914');
  // The same from the tar, which has no numbers for them.
  const again = await own.kubepki(['export', 'cp-1']);
  t.deepEqual(again.bytes, tar.bytes);

  t.is((await typed(own, ['verify'])).status, 0);
  chmodSync(own.path('pki/current/nodes/cp-1', pki, 'sa.key'), 0o644);
  chmodSync(own.path('pki/current/nodes/cp-1/etc/kubernetes'), 0o755);
  const verified = await typed(own, ['verify']);
  t.regex(
    verified.stdout + verified.stderr,
    /etc\/kubernetes: the folder is open to others: its mode is 0755, and 0700 is/,
  );
  t.regex(verified.stdout + verified.stderr, /others can read this secret file: its mode is 0644, and 0640 is planned/);
});

here('Another profile of permissions writes the files anew and makes no key', async (t) => {
  const own = desk(t);
  const keys = () => own.read(`pki/current/nodes/cp-1/${pki}/apiserver.key`);
  own.write('cluster.yaml', two);
  t.is((await typed(own, ['generate', '--no-verify'])).status, 0);
  const before = keys();
  own.write('cluster.yaml', { ...two, permissions: 'cis' });
  const { status, stderr } = await typed(own, ['generate', '--no-verify']);
  t.is(status, 0, stderr);
  t.is(keys(), before);
  const entry = own
    .read('pki/current/manifest.json')
    .split('\n')
    .find((line) => line.includes(`nodes/cp-1/${pki}/apiserver.key`));
  t.regex(entry ?? '', /"owner":"root","group":"root"/);
});
