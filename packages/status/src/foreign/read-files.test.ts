import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { make } from '../testing/made.ts';
import { opensslSays } from '../testing/openssl.ts';
import { temporary } from '../testing/tree.ts';
import { readFiles } from './read-files.ts';

/** A folder with an authority. */
function folder(t: ExecutionContext) {
  const root = temporary(t);
  make(root, 'ca', { authority: true, ends: '20360101000000Z' });
  const path = (name: string) => join(root, name);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  const found = async (...names: readonly string[]) => {
    const { watched, ...rest } = await readFiles(names.length === 0 ? [root] : names.map(path));
    return { ...rest, all: new Map(watched.map((each) => [each.id.replace(`${root}/`, ''), each])) };
  };
  return { root, path, read, found };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig in YAML with fields of its cluster and of its user. */
function kubeconfig(cluster: object, user: object): string {
  return JSON.stringify({
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
  });
}

test('A certificate is told with its ends, as OpenSSL reads them, its issuer and its kind', async (t) => {
  const own = folder(t);
  make(own.root, 'server', {
    by: 'ca',
    subject: '/O=x/CN=a server',
    begins: '20260203040506Z',
    ends: '20261112131415Z',
  });
  const { all, problems } = await own.found();
  t.deepEqual(problems, []);
  const { begins, notAfter, serial, fingerprint } = all.get('server.crt') ?? t.fail();
  t.deepEqual({ begins, notAfter, serial, fingerprint }, opensslSays(own.path('server.crt')));
  t.deepEqual(notAfter, new Date('2026-11-12T13:14:15Z'));
  t.like(all.get('server.crt'), { kind: 'server', issuer: 'ca', endsWith: undefined, tree: undefined });
  t.like(all.get('ca.crt'), { kind: 'authority', issuer: 'ca' });
});

test('The shortest of a chain counts', async (t) => {
  const own = folder(t);
  make(own.root, 'between', { authority: true, by: 'ca', ends: '20260601000000Z' });
  make(own.root, 'a', { by: 'between', ends: '20270101000000Z' });
  make(own.root, 'b', { by: 'between', ends: '20260501000000Z' });
  const { all } = await own.found();
  t.deepEqual(all.get('a.crt')?.ends, new Date('2026-06-01T00:00:00Z'));
  t.is(all.get('a.crt')?.endsWith, own.path('between.crt'));
  t.deepEqual(all.get('b.crt')?.ends, new Date('2026-05-01T00:00:00Z'));
  t.is(all.get('b.crt')?.endsWith, undefined);
});

test('A certificate that stands in several places is told once, by the file that is it alone', async (t) => {
  const own = folder(t);
  make(own.root, 'jane', { by: 'ca' });
  const [ca, jane] = [own.read('ca.crt'), own.read('jane.crt')];
  writeFileSync(own.path('all.pem'), `${jane}${ca}`);
  const inside = { 'client-certificate-data': base64(jane) };
  writeFileSync(own.path('admin.conf'), kubeconfig({ 'certificate-authority-data': base64(ca) }, inside));
  const { all } = await own.found();
  t.is(all.size, 2);
  t.deepEqual(all.get('jane.crt')?.files, ['admin.conf users[0]', 'all.pem #1', 'jane.crt'].map(own.path));
  t.is(all.get('jane.crt')?.kind, 'person');
});

test("Whoever is a kubeconfig's user is a person, unless the name is one of the cluster's own", async (t) => {
  const own = folder(t);
  for (const [name, subject] of [
    ['jane', '/CN=jane'],
    ['cm', '/CN=system:kube-controller-manager'],
    ['k', '/O=system:nodes/CN=system:node:w-1'],
  ] as const) {
    make(own.root, name, { by: 'ca', subject });
    writeFileSync(
      own.path(`${name}.conf`),
      kubeconfig({}, { 'client-certificate-data': base64(own.read(`${name}.crt`)) }),
    );
    rmSync(own.path(`${name}.crt`));
  }
  const { all } = await own.found();
  t.is(all.get('jane.conf users[0]')?.kind, 'person');
  t.is(all.get('cm.conf users[0]')?.kind, 'server');
  t.is(all.get('k.conf users[0]')?.node, 'w-1');
});

test('What a kubeconfig names by path is read, counted from its folder', async (t) => {
  const own = folder(t);
  mkdirSync(own.path('pki'));
  make(own.root, 'k', { by: 'ca', subject: '/CN=k' });
  writeFileSync(own.path('pki/current.pem'), `${own.read('k.crt')}${own.read('k.key')}`);
  renameSync(own.path('ca.crt'), own.path('pki/ca.crt'));
  rmSync(own.path('k.crt'));
  const named = { 'client-certificate': 'pki/current.pem', 'client-key': 'pki/current.pem' };
  writeFileSync(own.path('k.conf'), kubeconfig({ 'certificate-authority': own.path('pki/ca.crt') }, named));
  const { all, problems, notes } = await own.found('k.conf');
  t.deepEqual([problems, notes], [[], []]);
  t.deepEqual([...all.keys()].sort(), ['pki/ca.crt', 'pki/current.pem']);
  t.deepEqual(all.get('pki/current.pem')?.files, [own.path('pki/current.pem'), own.path('k.conf users[0]')]);
  t.is(all.get('pki/current.pem')?.kind, 'person');
});

test('A path that leads nowhere is noted, and one that leads to what is no certificate is a problem', async (t) => {
  const own = folder(t);
  execFileSync('mkfifo', [own.path('pipe')]);
  writeFileSync(own.path('text'), 'a text');
  for (const [name, path] of [
    ['a', 'nowhere.pem'],
    ['b', 'pipe'],
    ['c', 'text'],
    ['d', '.'],
  ] as const)
    writeFileSync(own.path(`${name}.conf`), kubeconfig({}, { 'client-certificate': path }));
  const { problems, notes } = await own.found();
  t.deepEqual(notes, [
    { where: own.path('a.conf users[0]'), message: `it names ${own.path('nowhere.pem')}, which is not here` },
  ]);
  t.deepEqual(
    problems.map(({ where, message }) => `${where.replace(`${own.root}/`, '')}: ${message.split(',')[0]}`),
    ['pipe: it is no plain file', 'text: it holds no certificate', `${own.root}: it is no plain file`],
  );
});

test('Of a kubelet the certificate that it has counts, and none that it had', async (t) => {
  const own = folder(t);
  for (const time of ['2025-01-02-03-04-05', '2026-01-02-03-04-05']) {
    const year = Number(time.slice(0, 4));
    make(own.root, 'k', { by: 'ca', begins: `${year}0101000000Z`, ends: `${year + 1}0101000000Z` });
    writeFileSync(own.path(`kubelet-client-${time}.pem`), `${own.read('k.crt')}${own.read('k.key')}`);
  }
  rmSync(own.path('k.crt'));
  t.is((await own.found()).all.size, 3);
  symlinkSync('kubelet-client-2026-01-02-03-04-05.pem', own.path('kubelet-client-current.pem'));
  const { all } = await own.found();
  t.deepEqual([...all.keys()].sort(), ['ca.crt', 'kubelet-client-current.pem']);
  t.deepEqual(all.get('kubelet-client-current.pem')?.ends, new Date('2027-01-01T00:00:00Z'));
});

test('What cannot be read is a problem with its file, and the rest is told', async (t) => {
  const own = folder(t);
  writeFileSync(own.path('cut.crt'), own.read('ca.crt').slice(0, 300));
  writeFileSync(own.path('no-der.crt'), own.read('ca.crt').replace('MI', 'MJ'));
  symlinkSync('nowhere', own.path('link.crt'));
  make(own.root, 'closed');
  chmodSync(own.path('closed.crt'), 0);
  const { all, problems } = await own.found();
  t.true(all.has('ca.crt'));
  const said = problems.map(({ where, message }) => `${where.replace(`${own.root}/`, '')}: ${message}`).sort();
  // Root reads everything.
  const closed = process.getuid?.() === 0 ? [] : ['closed.crt: it may not be read (EACCES)'];
  t.deepEqual(said.slice(0, -1), [
    ...closed,
    'cut.crt: a certificate in it has no end',
    'link.crt: it is a link to nothing',
  ]);
  t.regex(said.at(-1) ?? '', /^no-der\.crt: its certificate cannot be read: [a-z]/);
});

test('A certificate whose issuer is not there is told by the name that it gives', async (t) => {
  const own = folder(t);
  make(own.root, 'a', { by: 'ca' });
  t.like((await own.found('a.crt')).all.get('a.crt'), { issuer: 'ca', endsWith: undefined });
});

test("In an output folder of kubepki's own nothing is searched", async (t) => {
  const own = folder(t);
  mkdirSync(own.path('pki'));
  make(own.root, 'pki/x');
  writeFileSync(own.path('pki/.kubepki'), '');
  const { all, outputs } = await own.found();
  t.deepEqual([...all.keys()], ['ca.crt']);
  t.deepEqual(outputs, [own.path('pki')]);
});
