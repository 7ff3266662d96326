import { chmodSync, mkdirSync, statSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, one } from './testing/program.ts';

const certificateKey = '0123456789abcdef'.repeat(4);
const manifest = 'pki/current/manifests/kubeadm-certs.yaml';
const emitters = (choice: object) => ({ ...one, emitters: choice });

function giveKey(own: Desk, key: string, mode = 0o600): void {
  own.write('the.key', key);
  chmodSync(own.path('the.key'), mode);
}

test('The manifest for kubeadm join is kept while its key is the same, and the key is nowhere in what is said', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', emitters({ 'kubeadm-certs': { keyFile: 'the.key' } }));
  giveKey(own, certificateKey);
  const first = await own.kubepki(['generate']);
  t.is(first.status, 0, first.stderr);
  t.regex(first.stdout, /kubeadm-certs\.yaml: the Secret has no owner, so it does not expire\n/);
  t.is(statSync(own.path(manifest)).mode & 0o777, 0o600);
  const text = own.read(manifest);
  t.regex((await own.kubepki(['generate'])).stdout, /^nothing to do/);

  const verified = await own.kubepki(['verify']);
  t.is(verified.status, 0);
  t.regex(verified.stdout, /1 file of the emitter kubeadm-certs: by hash and mode alone; it is encrypted/);

  giveKey(own, 'f'.repeat(64));
  const second = await own.kubepki(['generate', '--json']);
  t.deepEqual((JSON.parse(second.stdout) as { files: { written: unknown } }).files.written, [
    'manifests/kubeadm-certs.yaml',
  ]);
  t.not(own.read(manifest), text);
  for (const { stdout, stderr } of [first, verified, second]) t.notRegex(stdout + stderr, /0123456789abcdef|f{16}/);
  t.notRegex(own.read('pki/current/manifest.json') + own.read('pki/current/plan.json'), /0123456789abcdef|f{16}/);
});

test('A certificate key that is not there, that others may read or that is none is refused before anything is made', async (t) => {
  const own = desk(t);
  mkdirSync(own.path('conf'));
  own.write('conf/cluster.yaml', emitters({ 'kubeadm-certs': { keyFile: '../the.key' } }));
  const refused = async () => {
    const { status, stderr } = await own.kubepki(['generate', '-f', 'conf/cluster.yaml']);
    return [status, stderr] as const;
  };
  const missing = await refused();
  t.is(missing[0], 65);
  t.regex(missing[1], /^error: there is no secret \S+\/the\.key\nhint: `emitters` in conf\/cluster\.yaml asks for it/);
  for (const mode of [0o644, 0o640, 0o604]) {
    giveKey(own, certificateKey, mode);
    const open = await refused();
    t.is(open[0], 65);
    t.regex(
      open[1],
      /^error: \S+\/the\.key is a secret that others may read: its mode is 06[04][04]\nhint: chmod 600 /,
    );
  }
  giveKey(own, `${certificateKey}00`);
  const long = await refused();
  t.is(long[0], 65);
  t.regex(long[1], /^error: emitter kubeadm-certs: \.\.\/the\.key holds no certificate key: it has 66 characters/);
  t.notRegex(long[1], /0123456789abcdef/);
  t.false(Object.keys(own.look()).includes('pki'));
});

test('Where authorities’ keys are kept apart only what encrypts them may hold them', async (t) => {
  const own = desk(t);
  giveKey(own, certificateKey);
  const run = () => own.kubepki(['generate', '--authority-keys', 'keys']);
  for (const choice of [{ 'cluster-api': true }, { secrets: { include: ['ca'] } }]) {
    own.write('cluster.yaml', emitters(choice));
    const { status, stderr } = await run();
    t.is(status, 65);
    t.regex(stderr, /^error: manifests\/\S+ca\.yaml is to hold the key of ca, and such keys are kept apart\n/);
  }
  own.write('cluster.yaml', emitters({ 'kubeadm-certs': { keyFile: 'the.key' } }));
  t.is((await run()).status, 0);
  t.regex(own.read(manifest), /^ {2}ca\.key: \S{300,}$/m);
  t.regex((await own.kubepki(['generate'])).stdout, /^nothing to do/);
  t.is((await own.kubepki(['verify'])).status, 0);
});
