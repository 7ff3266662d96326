import { copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '@kubepki/core';
import test from 'ava';
import { latestBegin, readStatus } from './status.ts';
import { day, generateAt, temporary, two } from './testing/tree.ts';
import { watched } from './testing/watched.ts';

const now = new Date('2026-05-17T10:20:30Z');

test('Trees are found by their folder, by their link `current`, and in a folder that is searched', async (t) => {
  const root = temporary(t);
  await generateAt(join(root, 'pki'), two, now);
  const folder = join(root, 'pki');
  const first = await readStatus({ paths: [folder], now });
  t.true(first.certificates.every(({ tree }) => tree === folder));
  for (const path of [`${folder}/`, join(folder, 'current'), root]) {
    const { trees, certificates } = await readStatus({ paths: [path], now });
    t.deepEqual(
      trees.map(({ generation }) => generation),
      [1],
      path,
    );
    t.is(certificates.length, first.certificates.length, path);
  }
  symlinkSync('pki', join(root, 'link'));
  for (const paths of [[folder, `${folder}/current/`], [join(root, 'link'), folder], [join(root, 'link')]]) {
    t.is((await readStatus({ paths, now })).certificates.length, first.certificates.length, paths.join());
  }
});

test('Of several trees each id has its folder before it, and files of others stand among them by their ends', async (t) => {
  const root = temporary(t);
  await generateAt(join(root, 'a'), two, now);
  await generateAt(join(root, 'b'), two, new Date(now.getTime() - day));
  const foreign = join(root, 'ca.crt');
  copyFileSync(join(root, 'a/current/authorities/ca.crt'), foreign);
  const { certificates, trees } = await readStatus({ paths: [join(root, 'a'), foreign, join(root, 'b')], now });
  t.is(trees.length, 2);
  const ids = certificates.map(({ id }) => id);
  t.is(new Set(ids).size, ids.length);
  t.true(
    ids.includes(`${root}/a:etcd/server@cp-1`) && ids.includes(`${root}/b:etcd/server@cp-1`) && ids.includes(foreign),
  );
  t.is(ids[0], `${root}/b:super-admin`);
  const ends = certificates.map((each) => each.ends.getTime());
  t.deepEqual(
    ends,
    ends.toSorted((a, b) => a - b),
  );
});

test('The current generation counts, and no other', async (t) => {
  const folder = join(temporary(t), 'pki');
  await generateAt(folder, two, now);
  const { size } = new Set((await readStatus({ paths: [folder], now })).certificates.map(({ id }) => id));
  await generateAt(folder, { ...two, users: [{ name: 'jane' }] }, now);
  const { trees, certificates } = await readStatus({ paths: [folder], now });
  t.is(trees[0]?.generation, 2);
  t.is(certificates.length, size + 1);
});

test('A tree that is missing, empty or broken is an error, whatever else is named', async (t) => {
  const root = temporary(t);
  await generateAt(join(root, 'pki'), two, now);
  const refused = (code: string, ...names: readonly string[]) =>
    t.throwsAsync(readStatus({ paths: names.map((name) => join(root, name)), now }), { instanceOf: PkiError, code });
  t.regex((await refused('STATUS_NOTHING', 'none'))?.message ?? '', /there is no such file or folder/);
  mkdirSync(join(root, 'empty'));
  await refused('STATUS_NOTHING', 'empty');
  writeFileSync(join(root, 'empty/.kubepki'), '{"kubepki":1,"cluster":"two"}\n');
  await refused('TREE_EMPTY', 'empty', 'pki');
  cpSync(join(root, 'pki'), join(root, 'broken'), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(root, 'broken/generations/0001/manifest.json'), '{');
  await refused('OUTPUT_BROKEN', 'broken');
  rmSync(join(root, 'broken/generations/0001'), { recursive: true });
  await refused('OUTPUT_BROKEN', 'pki', 'broken');
});

test('A file that is missing beside others is a problem, and they are told', async (t) => {
  const root = temporary(t);
  await generateAt(join(root, 'pki'), two, now);
  const { certificates, problems } = await readStatus({ paths: [join(root, 'pki'), join(root, 'none')], now });
  t.true(certificates.length > 10);
  t.deepEqual(problems, [{ where: join(root, 'none'), message: 'there is no such file or folder' }]);
});

test('The clock is held against the certificate that began last', (t) => {
  const at = (...begins: readonly (string | undefined)[]) =>
    latestBegin({
      now,
      certificates: begins.map((each) => watched({ begins: each === undefined ? undefined : new Date(each) })),
    });
  t.is(at('2026-05-17T10:20:30Z', undefined), undefined);
  t.deepEqual(
    at('2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z', '2026-07-01T00:00:00Z'),
    new Date('2027-01-01T00:00:00Z'),
  );
});

test('A run that is stopped ends', async (t) => {
  const reason = new Error('stopped');
  const signal = AbortSignal.abort(reason);
  t.is(await t.throwsAsync(readStatus({ paths: [import.meta.dirname], now, signal })), reason);
});
