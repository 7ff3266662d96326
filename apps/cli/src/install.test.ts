import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import test from 'ava';
import { client, openssl } from './testing/openssl.ts';
import { two } from './testing/program.ts';
import { type Grown, grownDesk } from './testing/trees.ts';
import { typed } from './testing/typed.ts';

const kubelet = 'var/lib/kubelet/pki';
const current = `root/${kubelet}/kubelet-client-current.pem`;
const install = (own: Grown, ...args: string[]) => typed(own, ['install', '--node', 'w-1', '--root', 'root', ...args]);

/** Another address of the worker, so that its serving certificate is made again. */
async function moved(own: Grown): Promise<void> {
  const [control, worker] = two.nodes;
  own.write('cluster.yaml', { ...two, nodes: [control, { ...worker, addresses: ['10.0.0.99'] }] });
  const { status, stderr } = await typed(own, ['generate', '--no-verify']);
  if (status !== 0) throw new Error(stderr);
}

test.serial(
  'A node has its files with their modes, then what changed alone, and is told what to restart',
  async (t) => {
    const own = await grownDesk(t);
    mkdirSync(own.path('root'));
    const dry = await install(own, '--dry-run');
    t.regex(dry.stdout, /^w-1: 7 files would be written under root, 0 as they were\n[\s\S]*systemctl restart kubelet/);
    t.deepEqual(own.look('root'), {});
    const first = await install(own);
    t.is(first.status, 0, first.stderr);
    t.regex(first.stdout, /^w-1: 7 files written under root, 0 as they were\n/);
    t.regex(
      first.stdout,
      /restart\n {2}kubelet: systemctl restart kubelet\n {2}kube-proxy: ids=\$\(crictl ps .*=kube-proxy\) && .* \| xargs -r crictl stop\n/,
    );
    const { stdout } = spawnSync('diff', ['-r', '--no-dereference', '-x', 'kubepki', 'pki/current/nodes/w-1', 'root'], {
      cwd: own.cwd,
    });
    t.is(stdout.toString(), '');
    const modes = [
      'etc',
      'var/lib',
      'etc/kubernetes/pki',
      `${kubelet}/kubelet.key`,
      `${kubelet}/kubelet.crt`,
      'var/lib/kubepki',
    ];
    t.deepEqual(
      modes.map((path) => (lstatSync(own.path('root', path)).mode & 0o777).toString(8)),
      ['755', '755', '700', '600', '644', '700'],
    );
    const before = own.look('root');
    t.regex((await install(own)).stdout, /^nothing to do: w-1 has all its files under root; nothing was written\n$/);
    t.deepEqual(own.look('root'), before);
    await moved(own);
    const later = JSON.parse((await install(own, '--json')).stdout);
    t.deepEqual(later.written, [`${kubelet}/kubelet.crt`, `${kubelet}/kubelet.key`]);
    t.like(later.processes[0], { process: 'kubelet', how: 'rereads' });
  },
);

test.serial(
  'A client certificate that the kubelet renewed itself stays while it is good, and gives way when it is not',
  async (t) => {
    const own = await grownDesk(t);
    mkdirSync(own.path('root'));
    await install(own);
    own.write('ca.crt', own.read(own.current('authorities/ca.crt')));
    own.write('ca.key', own.read(own.current('authorities/ca.key')));
    const renewed = (name: string, wanted: { subject?: string; by?: string } = {}) => {
      openssl(own, name, {
        subject: '/O=system:nodes/CN=system:node:w-1',
        by: 'ca',
        days: 20,
        extensions: client,
        ...wanted,
      });
      own.write(`root/${kubelet}/${name}.pem`, own.read(`${name}.crt`) + own.read(`${name}.key`));
      unlinkSync(own.path(current));
      symlinkSync(`/${kubelet}/${name}.pem`, own.path(current)); // as the kubelet does: the path on the node
    };
    renewed('kubelet-client-2026');
    const mine = own.look('root');
    const kept = await install(own);
    t.is(kept.status, 0, kept.stderr);
    t.regex(kept.stdout, /the kubelet renewed its client certificate itself, so that stays; it is good until \d{4}/);
    t.deepEqual(own.look('root'), mine);
    unlinkSync(own.path(`root/${kubelet}/kubelet-client.pem`));
    t.regex((await install(own)).stdout, /nothing was written/);
    t.is(readlinkSync(own.path(current)), `/${kubelet}/kubelet-client-2026.pem`);

    renewed('kubelet-client-other', { subject: '/O=system:nodes/CN=system:node:w-2' });
    t.regex((await install(own)).stdout, /kubelet-client\.pem\n.*kubelet-client-current\.pem/);
    t.is(readlinkSync(own.path(current)), 'kubelet-client.pem');
    openssl(own, 'ca-2', { subject: '/CN=kubernetes' });
    renewed('kubelet-client-foreign', { by: 'ca-2' });
    await install(own);
    t.is(readlinkSync(own.path(current)), 'kubelet-client.pem');
  },
);

test.serial('Files of others stop it, unless they are to be replaced; an authority’s key never is', async (t) => {
  const own = await grownDesk(t);
  mkdirSync(own.path('root/etc/kubernetes/pki'), { recursive: true });
  own.write('root/etc/kubernetes/kubelet.conf', 'mine');
  own.write('root/etc/kubernetes/mine.conf', 'mine');
  const before = own.look('root');
  const { status, stderr } = await install(own);
  t.is(status, 65);
  t.regex(stderr, /root\/etc\/kubernetes\/kubelet\.conf: it is there already, and kubepki did not write it/);
  t.deepEqual(own.look('root'), before);
  t.is((await install(own, '--discard-edits')).status, 0);
  t.is(own.read('root/etc/kubernetes/mine.conf'), 'mine');
  t.regex(own.read('root/etc/kubernetes/kubelet.conf'), /kubelet-client-current/);
  own.write('root/etc/kubernetes/kubelet.conf', 'edited');
  t.regex((await install(own)).stderr, /kubelet\.conf: it was changed since kubepki wrote it/);

  const control = ['install', '--node', 'cp-1', '--root', 'cp'];
  mkdirSync(own.path('cp/etc/kubernetes/pki'), { recursive: true });
  own.write('cp/etc/kubernetes/pki/ca.key', 'mine');
  own.write('cp/etc/kubernetes/pki/apiserver.key', 'mine');
  const refused = await typed(own, [...control, '--discard-edits']);
  t.is(refused.status, 65);
  t.regex(refused.stderr, /pki\/ca\.key: it is there already/);
  t.notRegex(refused.stderr, /apiserver\.key/);
});

test.serial('What export wrote is installed where there is no tree, as folders or as a tar', async (t) => {
  const own = await grownDesk(t);
  t.is((await typed(own, ['export', 'w-1', 'out'])).status, 0);
  const tar = spawnSync('tar', ['-c', '-C', own.path('out/w-1'), '--owner=0', '.'], { encoding: 'latin1' }).stdout;
  for (const [from, root] of [
    ['out', 'a'],
    ['-', 'b'],
  ] as const) {
    mkdirSync(own.path(root));
    const exported = from === '-' ? (await own.kubepki(['export', 'w-1'])).bytes.toString('latin1') : '';
    const args = ['install', '--node', 'w-1', '--root', root, from, '-o', 'nowhere'];
    const { status, stdout, stderr } = await own.kubepki(args, { input: exported });
    t.is(status, 0, stderr);
    t.regex(stdout, /w-1: 7 files written[\s\S]*which processes read them is in the plan: kubepki plan --flags/);
    t.is(spawnSync('diff', ['-r', '-x', 'kubepki', 'out/w-1', root], { cwd: own.cwd }).status, 0, from);
  }
  mkdirSync(own.path('c'));
  for (const [input, says] of [
    ['no tar at all', /not what kubepki export wrote/],
    [tar, /not what kubepki export wrote: it has "\."/],
  ] as const) {
    const { status, stderr } = await own.kubepki(['install', '--node', 'w-1', '--root', 'c', '-'], { input });
    t.is(status, 65);
    t.regex(stderr, says);
  }
});

test.serial('A key that is kept apart stays on the node, whether it is named or not', async (t) => {
  const own = await grownDesk(t);
  own.write('cluster.yaml', two);
  mkdirSync(own.path('cp'));
  const control = ['install', '--node', 'cp-1', '--root', 'cp'];
  t.is((await typed(own, control)).status, 0);
  await typed(own, ['generate', '--no-verify', '--authority-keys', 'stick']);
  const without = await typed(own, control);
  t.is(without.status, 0, without.stderr);
  t.regex(without.stdout, /^nothing to do[\s\S]*left out: cp\/etc\/kubernetes\/pki\/ca\.key/);
  t.is(own.read('cp/etc/kubernetes/pki/ca.key'), own.read('stick/ca.key'));
  t.regex((await typed(own, [...control, '--authority-keys', 'stick'])).stdout, /^nothing to do/);
});

test.serial('What install cannot mean is refused', async (t) => {
  const own = await grownDesk(t);
  const refusals = [
    [['install'], /which node is this\?/],
    [['install', '--node', 'w-2', '--root', 'root'], /did you mean w-1\?/],
    [['install', '--node', 'w-1', '--root', 'root', '--exec'], /--exec restarts what runs on this machine/],
  ] as const;
  for (const [args, says] of refusals) {
    const { status, stderr } = await typed(own, args);
    t.is(status, 64);
    t.regex(stderr, says);
  }
  const nowhere = await install(own);
  t.is(nowhere.status, 65);
  t.regex(nowhere.stderr, /there is no folder root/);
});
