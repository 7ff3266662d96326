import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { certificatePem, planSchema, selfSigned, softwareKeys, template } from '@kubepki/core';
import test from 'ava';
import { type Desk, desk, one, two } from './testing/program.ts';

type Outcome = {
  changed: boolean;
  made: { id: string; reasons: string[] }[];
  kept: number;
  generation: number;
  joinHashes: { hash: string }[];
};

async function generate({ kubepki }: Desk, ...args: string[]): Promise<Outcome> {
  const { status, stdout, stderr } = await kubepki(['generate', '--json', ...args]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('init, plan and generate lead from nothing to a PKI, and its report says all of it', async (t) => {
  const { kubepki, read, look } = desk(t);
  t.is((await kubepki(['init'])).status, 0);
  t.is((await kubepki(['plan'])).status, 0);
  const { status, stdout, stderr } = await kubepki(['generate']);
  t.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  const spki = new X509Certificate(read('pki/current/authorities/ca.crt')).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  t.true(stdout.includes(`sha256:${createHash('sha256').update(spki).digest('hex')}`));
  const tokens = createPublicKey(read('pki/current/authorities/sa.pub')).export({ type: 'spki', format: 'der' });
  const kid = createHash('sha256').update(tokens).digest('base64url');
  t.true(stdout.includes(`\n\nkid of service-account tokens\n  sa  ${kid}\n\n`));
  t.regex(stdout, /18 credentials made, 0 kept, in pki\/current/);
  for (const kind of ['authorities +3', 'servers +4', 'clients +8', 'people +2', 'service accounts +1'])
    t.regex(stdout, new RegExp(kind));
  t.true(stdout.includes('kubepki export cp-1 | ssh root@cp-1 tar -xpC /\n'));
  t.true(
    stdout.includes(
      'kubectl --kubeconfig pki/current/users/super-admin.conf apply -f pki/current/manifests/rbac.yaml\n',
    ),
  );
  t.deepEqual(
    Object.keys(look('pki')).filter((name) => !name.includes('/')),
    ['.gitignore', '.kubepki', 'current', 'generations'],
  );
});

test('A second run makes nothing, writes nothing and says so', async (t) => {
  const { kubepki, write, look } = desk(t);
  write('cluster.yaml', two);
  await kubepki(['generate']);
  const before = look();
  const { status, stdout } = await kubepki(['generate']);
  t.is(status, 0);
  t.regex(stdout, /^nothing to do: pki has all that two needs/);
  t.regex(stdout, /the first to end is super-admin, on \d{4}-\d\d-\d\d; generate never renews/);
  t.deepEqual(look(), before);
});

test('A node that was added and a SAN that was added are made, and all else stays', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  await generate(own);
  const ca = own.read('pki/current/authorities/ca.crt');

  own.write('cluster.yaml', {
    ...two,
    nodes: [...two.nodes, { name: 'w-2', roles: ['worker'], addresses: ['10.0.0.22'] }],
  });
  const added = await generate(own);
  t.deepEqual(
    added.made.map(({ id }) => id),
    ['kubelet/client@w-2', 'kubelet/server@w-2', 'kube-proxy@w-2'],
  );

  own.write('cluster.yaml', { ...two, certificates: { 'apiserver@cp-1': { sans: ['api.example.org'] } } });
  const changed = await generate(own);
  t.deepEqual(changed.made, [{ ...changed.made[0], id: 'apiserver@cp-1', reasons: ['SAN +DNS:api.example.org'] }]);
  t.is(changed.generation, 3);
  t.is(own.read('pki/current/authorities/ca.crt'), ca);
  t.false('current/nodes/w-2' in own.look('pki'));
});

test('A dry run says what would be made and why, and writes nothing', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  const first = await own.kubepki(['generate', '--dry-run']);
  t.is(first.status, 0);
  t.regex(
    first.stdout,
    /would make 18 credentials[\s\S]*make, because: new[\s\S]* {2}apiserver@cp-1\n[\s\S]*nodes\/cp-1\/etc\/kubernetes\/pki\/apiserver\.crt/,
  );
  t.deepEqual(Object.keys(own.look()), ['cluster.yaml']);
  await generate(own);
  own.write('cluster.yaml', { ...one, certificates: { apiserver: { sans: ['10.9.9.9'] } } });
  const before = own.look();
  const later = await generate(own, '--dry-run');
  t.deepEqual(later.made, [{ id: 'apiserver@cp-1', kind: 'servers', reasons: ['SAN +IP:10.9.9.9'] } as never]);
  t.deepEqual(own.look(), before);
});

test('Where an authority’s key was taken away, what needs no signature still works, and the rest names what waits', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  await generate(own);
  rmSync(own.path('pki/current/authorities/ca.key'));
  t.false((await generate(own)).changed);
  rmSync(own.path('pki/current/nodes/w-1/etc/kubernetes/pki/ca.crt'));
  t.true((await generate(own)).changed);

  own.write('cluster.yaml', { ...two, certificates: { apiserver: { sans: ['10.9.9.9'] } } });
  const before = own.look();
  const { status, stderr } = await own.kubepki(['generate']);
  t.is(status, 65);
  t.regex(stderr, /the key of ca is not at hand[\s\S]*apiserver@cp-1[\s\S]*--authority-keys DIR/);
  t.deepEqual(own.look(), before);
});

const spoilt: Record<string, [change: (own: Desk) => void | Promise<void>, code: string]> = {
  'key of another certificate': [
    ({ path }) => copyFileSync(path('pki/current/authorities/etcd/ca.key'), path('pki/current/authorities/ca.key')),
    'FILES_CHANGED',
  ],
  'certificate that is missing': [
    ({ path, look }) => {
      for (const name of Object.keys(look('pki')))
        if (/authorities\/front-proxy-ca\.crt$/.test(name)) rmSync(path('pki', name), { force: true });
      for (const name of Object.keys(look('pki')))
        if (/front-proxy-ca\.crt$/.test(name)) rmSync(path('pki', name), { force: true });
    },
    'AUTHORITY_CERTIFICATE_MISSING',
  ],
  'certificate that has ended': [expire, 'AUTHORITY_EXPIRED'],
  'service-account key that is missing': [({ path }) => rmSync(path('pki/current/authorities/sa.key')), 'KEY_MISSING'],
};
for (const [what, [spoil, code]] of Object.entries(spoilt)) {
  test(`A tree with a ${what} is refused with ${code}, and nothing is written`, async (t) => {
    const own = desk(t);
    own.write('cluster.yaml', one);
    await generate(own);
    await spoil(own);
    const before = own.look();
    const { status, stdout, stderr } = await own.kubepki(['generate', '--json']);
    t.is(status, 65);
    t.like(JSON.parse(stdout), { error: { code } });
    t.regex(stderr, /^error: .+\n( {2}.+\n)*hint: .+/);
    t.deepEqual(own.look(), before);
  });
}

/** Puts an authority in the tree's place that ended long ago. */
async function expire(own: Desk): Promise<void> {
  const { read } = own;
  const plan = planSchema.parse(JSON.parse(read('pki/current/plan.json')));
  const spec = plan.specs.find(({ kind }) => kind === 'authority');
  if (spec?.kind !== 'authority') throw new Error('no authority');
  const key = await softwareKeys().make({ id: spec.id, algorithm: spec.keys });
  const random = (count: number) => new Uint8Array(count).fill(0x55);
  const { certificate } = await selfSigned({
    template: template(spec, plan),
    key,
    now: new Date('2001-01-01'),
    random,
  });
  replace(own, `authorities/${spec.name}.crt`, certificatePem(certificate.der));
  replace(own, `authorities/${spec.name}.key`, key.secret?.reveal() ?? '');
}

/** Writes a file of the current generation as if it had been written so. */
function replace({ path, read }: Desk, file: string, text: string): void {
  const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
  const manifest = read('pki/current/manifest.json');
  writeFileSync(path('pki/current/manifest.json'), manifest.replace(sha256(read(`pki/current/${file}`)), sha256(text)));
  writeFileSync(path('pki/current', file), text);
}

test('A tree belongs to one name', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  await generate(own);
  own.write('cluster.yaml', { ...one, name: 'other' });
  const { status, stdout } = await own.kubepki(['generate', '--json']);
  t.is(status, 65);
  t.like(JSON.parse(stdout), {
    error: {
      code: 'OTHER_CLUSTER',
      hint: 'set `name: kubernetes` in the cluster file, or give another folder',
    },
  });
});

test('With --authority-keys the tree holds certificates alone, and a later run signs with the keys from there', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  await generate(own, '--authority-keys', 'stick');
  t.deepEqual(Object.keys(own.look('stick')), ['ca.key', 'etcd', 'etcd/ca.key', 'front-proxy-ca.key']);
  t.deepEqual(
    Object.keys(own.look('pki')).filter((name) => /ca\.key$/.test(name)),
    [],
  );

  renameSync(own.path('stick'), own.path('away'));
  t.false((await generate(own)).changed);
  own.write('cluster.yaml', { ...one, certificates: { apiserver: { sans: ['10.9.9.9'] } } });
  t.is((await own.kubepki(['generate'])).status, 65);
  const { status } = await own.kubepki(['generate'], { env: { KUBEPKI_AUTHORITY_KEYS: 'away' } });
  t.is(status, 0);
  t.false((await generate(own, '--authority-keys', 'away')).changed);
});

test('Authorities that somebody else made are read from beside the cluster file, and their keys never copied without need', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  await generate(own, '-o', 'theirs');
  mkdirSync(own.path('conf'));
  for (const file of ['ca.crt', 'ca.key'])
    copyFileSync(own.path('theirs/current/authorities', file), own.path('conf', file));
  own.write('conf/cluster.yaml', { ...one, authorities: { ca: { certificate: 'ca.crt', key: 'ca.key' } } });
  t.true((await generate(own, '-f', 'conf/cluster.yaml')).changed);
  t.is(own.read('pki/current/nodes/cp-1/etc/kubernetes/pki/ca.crt'), own.read('conf/ca.crt'));
  t.false((await generate(own, '-f', 'conf/cluster.yaml')).changed);

  writeFileSync(own.path('conf/ca.key'), 'not a key: hunter2');
  const broken = await own.kubepki(['generate', '-f', 'conf/cluster.yaml']);
  t.is(broken.status, 65);
  t.regex(broken.stderr, /conf\/ca\.key/);
  t.notRegex(broken.stderr, /hunter2/);
  rmSync(own.path('conf/ca.key'));
  const missing = await own.kubepki(['generate', '-f', 'conf/cluster.yaml']);
  t.is(missing.status, 65);
  t.regex(missing.stderr, /there is no key .*conf\/ca\.key\nhint: authorities\.ca in conf\/cluster\.yaml names it/);
});

test('Modes are as they must be whatever the umask is', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  t.is((await own.kubepki(['generate', '-o', 'open'], { umask: '000' })).status, 0);
  t.is((await own.kubepki(['generate', '-o', 'shut'], { umask: '777' })).status, 0);
  const modes = (folder: string) => Object.entries(own.look(folder)).map(([name, text]) => [name, text.split(' ')[1]]);
  t.deepEqual(modes('open'), modes('shut'));
  const loose = modes('open').filter(
    ([name = '', mode]) => /key$|conf$|kubelet-client\.pem$/.test(name) && mode !== '600',
  );
  t.deepEqual(loose, []);
});

test('The cluster file can come from stdin', async (t) => {
  const { kubepki, path } = desk(t);
  const { status } = await kubepki(['generate', '-f', '-', '-o', 'a b'], { input: JSON.stringify(one) });
  t.is(status, 0);
  t.regex(readFileSync(path('a b/current/authorities/ca.crt'), 'utf8'), /BEGIN CERTIFICATE/);
});
