import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { codeOf, everything, freshFolder, modeOf } from './_tree.test.ts';
import { newFolder } from './index.ts';

const files = [
  ['a.tar', Uint8Array.of(0, 200, 10, 255)],
  ['list', 'é\n'],
  ['empty', ''],
] as const;

test('a new folder has the bytes of its files, and nobody but its owner can read it', (t) => {
  const folder = freshFolder(t);
  newFolder(folder).write(files);
  t.deepEqual(readdirSync(folder).sort(), ['a.tar', 'empty', 'list']);
  t.deepEqual([...readFileSync(join(folder, 'a.tar'))], [0, 200, 10, 255]);
  t.is(readFileSync(join(folder, 'list'), 'utf8'), 'é\n');
  t.is(readFileSync(join(folder, 'empty'), 'utf8'), '');
  t.is(modeOf(folder), '700');
  for (const [name] of files) t.is(modeOf(join(folder, name)), '600');
  t.deepEqual(readdirSync(dirname(folder)), ['pki']);
});

test('what is there already is refused before anything is written, and stays as it is', (t) => {
  const folder = freshFolder(t);
  const early = newFolder(folder);
  t.deepEqual(readdirSync(dirname(folder)), []);
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine'), 'x');
  const before = everything(dirname(folder));
  t.is(
    codeOf(() => newFolder(`${folder}/`)),
    'OUTPUT_TAKEN',
  );
  t.is(
    codeOf(() => early.write(files)),
    'OUTPUT_TAKEN',
  );
  t.deepEqual(everything(dirname(folder)), before);
});

test('of a new folder that cannot be finished nothing is left', (t) => {
  const folder = freshFolder(t);
  const codes = ['../up', 'a/b', '..', '.', '', 'a\0b', 'list'].map((name) =>
    codeOf(() => newFolder(folder).write([...files, [name, 'x']])),
  );
  t.deepEqual(codes, [...Array<string>(6).fill('PATH_UNSAFE'), 'PATH_TAKEN']);
  t.deepEqual(readdirSync(dirname(folder)), []);
});

test('a new folder is refused where everybody may write beside it', (t) => {
  const folder = freshFolder(t);
  chmodSync(dirname(folder), 0o777);
  t.is(
    codeOf(() => newFolder(folder)),
    'OUTPUT_OPEN',
  );
});
