import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, two } from './testing/program.ts';

/** Lives of which ten minutes are left: everything is due. */
const due = { ...two, validity: { leaves: '2h', backdate: '110m' } };
type Renewed = {
  made: { id: string; reasons: string[] }[];
  kept: number;
  generation: number;
  leftOut: string[];
  generateWould: string | null;
  files: { written: string[] };
};

async function made(own: Desk, cluster: object = two): Promise<void> {
  own.write('cluster.yaml', cluster);
  const { status, stderr } = await own.kubepki(['generate', '--no-verify']);
  if (status !== 0) throw new Error(stderr);
}

async function renew(own: Desk, ...args: string[]): Promise<Renewed> {
  const { status, stdout, stderr } = await own.kubepki(['renew', '--json', ...args]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const ids = ({ made: all }: Renewed) => all.map(({ id }) => id);
const certificate = (own: Desk, file: string) => new X509Certificate(own.read(`pki/current/${file}`));

test('Where nothing is due nothing is written', async (t) => {
  const own = desk(t);
  await made(own);
  const before = own.look();
  const { status, stdout } = await own.kubepki(['renew']);
  t.is(status, 0);
  t.regex(stdout, /^nothing is due in pki\/current \(generation 0001\); nothing was written\nthe first to end is /);
  t.deepEqual(own.look(), before);
});

test('What is due is made again, but for emergencies and what a process renews itself', async (t) => {
  const own = desk(t);
  await made(own, { ...due, users: [{ name: 'root', groups: ['system:masters'], validity: '2h' }] });
  const done = await renew(own);
  t.true(ids(done).includes('apiserver@cp-1') && ids(done).includes('admin'));
  const left = ['super-admin', 'user/root', 'kubelet/client@cp-1', 'kubelet/client@w-1'];
  t.false(ids(done).some((id) => left.includes(id)));
  t.true(left.every((id) => done.leftOut.includes(id)));
  t.true(done.made.every(({ reasons }) => /^ends on /.test(reasons.join())));
  t.is((await own.kubepki(['verify'])).status, 0);
  t.deepEqual(ids(await renew(own, 'user/root', 'kubelet/client@w-1')), ['user/root', 'kubelet/client@w-1']);
});

test('A renewed client has its new certificate in its kubeconfig, and the restarts are told', async (t) => {
  const own = desk(t);
  await made(own);
  const file = 'nodes/cp-1/etc/kubernetes/scheduler.conf';
  const before = own.read(`pki/current/${file}`);
  const { stdout } = await own.kubepki(['renew', 'scheduler', 'apiserver@cp-1']);
  t.regex(stdout, /2 credentials renewed, \d+ kept/);
  t.regex(stdout, /then restart kube-scheduler on cp-1\n/);
  t.regex(stdout, /no restart is needed of kube-apiserver on cp-1: within five minutes they read it themselves/);
  t.not(own.read(`pki/current/${file}`), before);
  t.is((await own.kubepki(['diff'])).status, 0);
});

test('--keep-keys makes the certificate alone', async (t) => {
  const own = desk(t);
  await made(own);
  const key = own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.key');
  const done = await renew(own, '@cp-1', '--keep-keys');
  t.true(ids(done).every((id) => id.endsWith('@cp-1')));
  t.is(own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.key'), key);
});

test('The plan of the generation counts, and what the cluster file changed is for generate', async (t) => {
  const own = desk(t);
  await made(own);
  own.write('cluster.yaml', { ...two, certificates: { apiserver: { sans: ['10.9.9.9'] } }, nodes: [two.nodes[0]] });
  const done = await renew(own, 'apiserver');
  t.false(/10\.9\.9\.9/.test(certificate(own, 'nodes/cp-1/etc/kubernetes/pki/apiserver.crt').subjectAltName ?? ''));
  t.regex(done.generateWould ?? '', /^make 1, for the cluster file changed$/);
  t.true(own.read('pki/current/plan.json').includes('w-1'));
  const { stdout } = await own.kubepki(['renew']);
  t.regex(stdout, /generate would make 1, for the cluster file changed; kubepki diff shows it/);
});

test('An authority is renewed for its key and name, and what it signed verifies with the new one', async (t) => {
  const own = desk(t);
  await made(own);
  const leaf = own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.crt');
  const old = certificate(own, 'authorities/ca.crt');
  const refused = await own.kubepki(['renew', 'ca']);
  t.is(refused.status, 65);
  t.regex(refused.stderr, /^error: ca: an authority is not renewed by the way\nhint: --same-key/);
  const done = await renew(own, 'ca', '--same-key');
  t.deepEqual(ids(done), ['ca']);
  const its = certificate(own, 'authorities/ca.crt');
  t.not(its.serialNumber, old.serialNumber);
  t.true(its.publicKey.equals(old.publicKey));
  t.is(own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.crt'), leaf);
  t.true(done.files.written.includes('nodes/w-1/etc/kubernetes/pki/ca.crt'));
  const folder = own.path('pki/current');
  t.regex(
    execFileSync('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      `${folder}/authorities/ca.crt`,
      `${folder}/nodes/cp-1/etc/kubernetes/pki/apiserver.crt`,
    ]).toString(),
    /: OK/,
  );
  t.is((await own.kubepki(['verify'])).status, 0);
  t.is((await own.kubepki(['diff'])).status, 0);
});

test('Names that mean nothing are told all at once, and nothing is written', async (t) => {
  const own = desk(t);
  await made(own);
  const before = own.look();
  const { status, stdout, stderr } = await own.kubepki(['renew', 'apisrever', '@w-9', 'sa', '--json']);
  t.is(status, 65);
  t.deepEqual(
    JSON.parse(stdout).error.problems.map(({ where }: { where: string }) => where),
    ['apisrever', '@w-9', 'sa'],
  );
  t.regex(stderr, /3 names cannot be renewed/);
  t.deepEqual(own.look(), before);
});

test('Edits stop a renewal too, and a folder without a PKI is told', async (t) => {
  const own = desk(t);
  await made(own, due);
  appendFileSync(own.path('pki/current/nodes/w-1/etc/kubernetes/pki/ca.crt'), 'x');
  t.regex((await own.kubepki(['renew'])).stderr, /1 file was changed since kubepki wrote generation 1/);
  t.is((await renew(own, '--discard-edits')).generation, 2);
  t.regex((await own.kubepki(['renew', '-o', 'other'])).stderr, /other has no PKI yet/);
});

test('A dry run says what would be renewed', async (t) => {
  const own = desk(t);
  await made(own);
  const before = own.look();
  const { stdout } = await own.kubepki(['renew', 'admin', '--dry-run']);
  t.regex(stdout, /a run would make 1 credential[\s\S]*because: asked for[\s\S]*admin/);
  t.deepEqual(own.look(), before);
});

test('An authority that ends before what it signs would is named with what to do, and a clock of before with its generation', async (t) => {
  const own = desk(t);
  const cluster = { ...two, validity: { authorities: '400d', leaves: '300d', backdate: '20d' } };
  await made(own, cluster);
  t.notRegex((await own.kubepki(['generate'])).stdout, /this authority ends/);
  own.write('cluster.yaml', { ...cluster, validity: { authorities: '400d', leaves: '390d' } });
  t.regex(
    (await own.kubepki(['generate'])).stdout,
    /ca: this authority ends on .*, before what it signs now would\n.*renew ca --same-key/,
  );
  const manifest = JSON.parse(own.read('pki/current/manifest.json'));
  const later = new Date(Date.now() + 86_400_000).toISOString();
  own.write('pki/current/manifest.json', { ...manifest, made: later });
  const { stdout } = await own.kubepki(['renew']);
  t.regex(stdout, new RegExp(`the clock: it says .*, and generation 2 was made at ${later}`));
});
