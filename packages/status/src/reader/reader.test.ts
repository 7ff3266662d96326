import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { make } from '../testing/made.ts';
import { temporary } from '../testing/tree.ts';
import { contentsOf, formatPlace, readContents, sourcesOf } from './index.ts';

const named = { path: 'd/a.conf', named: true };
const read = (value: unknown, source = named) =>
  contentsOf(source, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const user = (fields: object) => ({ kind: 'Config', users: [{ name: 'other' }, { name: 'u', user: fields }] });

test('Of a folder those files are taken that can hold a certificate, each once, and no further than is chosen', (t) => {
  const root = temporary(t);
  for (const folder of ['a/b', 'a/.git', 'whole']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['a/b/x.crt', 'a/admin.conf', 'a/x.key', 'a/config', 'a/.git/y.crt', 'a/z.txt', 'whole/y.crt'])
    writeFileSync(join(root, file), 'x');
  symlinkSync('.', join(root, 'a/loop'));
  symlinkSync('b/x.crt', join(root, 'a/again.crt'));
  const choose = (folder: string, names: readonly string[]) => (folder.endsWith('whole') ? undefined : names);
  const { sources, problems } = sourcesOf([root], { choose });
  t.deepEqual(problems, []);
  t.deepEqual(
    sources.map(({ path }) => path.replace(`${root}/`, '')),
    ['a/admin.conf', 'a/again.crt', 'a/config'],
  );
  t.true(sourcesOf([join(root, 'whole')]).sources.every((source) => !source.named));
});

test('A kubeconfig’s own data goes before the file that it names, and paths count from its folder', (t) => {
  const file = { 'client-certificate': 'pki/u.pem' };
  t.deepEqual(read(user(file)).references, [{ place: { file: 'd/a.conf', entry: 'users[1]' }, path: 'd/pki/u.pem' }]);
  t.is(read(user({ 'client-certificate': '/etc/u.pem' })).references[0]?.path, '/etc/u.pem');
  const both = read(user({ ...file, 'client-certificate-data': '!' }));
  t.deepEqual(both.references, []);
  t.deepEqual(both.problems, [{ where: 'd/a.conf users[1]', message: 'its certificate is not in base64' }]);
  const wrong = read(user({ 'client-certificate': 7 }));
  t.deepEqual(wrong.problems, [{ where: 'd/a.conf users[1]', message: 'the path of its certificate is no text' }]);
});

test('A text that only speaks of kubeconfigs is passed over where nobody named it', (t) => {
  const text = 'A file of `kind: Config` has a client-certificate: [like this\n';
  t.deepEqual(read(text, { path: 'README', named: false }), { found: [], problems: [], references: [] });
  t.is(read(text).problems.length, 1);
});

test('A file larger than 1 MiB, a folder and what is not there are problems of them, and no errors', (t) => {
  const root = temporary(t);
  writeFileSync(join(root, 'large.crt'), Buffer.alloc(2 ** 20 + 1, 'x'));
  writeFileSync(join(root, 'fits.crt'), Buffer.alloc(2 ** 20, 'x'));
  const message = (name: string) => readContents({ path: join(root, name), named: false }).problems[0]?.message;
  t.is(message('large.crt'), 'it is larger than 1 MiB, and no certificate is');
  t.is(message('fits.crt'), 'it holds no certificate');
  t.is(message('.'), 'it is a folder, no certificate');
  t.is(message('none.crt'), 'it is not there any more');
});

test('Of several certificates each is found, and told by its place', (t) => {
  const root = temporary(t);
  make(root, 'x');
  const { found } = readContents({ path: join(root, 'x.crt'), named: true });
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(found[0]?.der ?? []).toString('base64')}\n-----END CERTIFICATE-----\n`;
  const two = contentsOf({ path: 'b.pem', named: true }, Buffer.from(`text\n${pem}${pem}`));
  t.deepEqual(
    two.found.map(({ place }) => formatPlace(place)),
    ['b.pem #1', 'b.pem #2'],
  );
  t.deepEqual(two.found[1]?.der, found[0]?.der);
});
