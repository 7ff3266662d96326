import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import type { PkiError } from '../../error.ts';
import { codeOf, freshFolder, generate, wholeText } from './_tree.test.ts';
import { openOutput } from './index.ts';

test("a folder with somebody else's files is refused, and some of them are named", (t) => {
  const folder = freshFolder(t);
  mkdirSync(folder);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) writeFileSync(join(folder, name), '');
  const error = t.throws<PkiError>(() => openOutput({ folder, write: true }), { code: 'OUTPUT_FOREIGN' });
  t.regex(error?.message ?? '', /: a, b, c, d, e and 2 more$/);
});

test('a PKI of kubeadm is refused, and said to look like one', (t) => {
  const folder = freshFolder(t);
  mkdirSync(join(folder, 'etcd'), { recursive: true });
  for (const name of ['ca.crt', 'ca.key', 'apiserver.crt']) writeFileSync(join(folder, name), '');
  const error = t.throws<PkiError>(() => openOutput({ folder, write: true }), { code: 'OUTPUT_FOREIGN' });
  t.regex(error?.hint ?? '', /kubeadm/);
});

const refused: readonly (readonly [title: string, code: string, prepare: (folder: string) => void])[] = [
  ['a file is in its place', 'OUTPUT_IS_FILE', (folder) => writeFileSync(folder, 'x')],
  ['a link is in its place', 'OUTPUT_IS_LINK', (folder) => symlinkSync(dirname(folder), folder)],
  ['its parent is missing', 'OUTPUT_PARENT_MISSING', (folder) => rmSync(dirname(folder), { recursive: true })],
  ['everybody may write beside it', 'OUTPUT_OPEN', (folder) => chmodSync(dirname(folder), 0o777)],
  ['everybody may write into it', 'OUTPUT_OPEN', (folder) => [mkdirSync(folder), chmodSync(folder, 0o777)]],
];
for (const [title, code, prepare] of refused) {
  test(`a folder is refused where ${title}`, (t) => {
    const folder = freshFolder(t);
    prepare(folder);
    const refusal = codeOf(() => openOutput({ folder, write: true }));
    t.is(refusal, code);
  });
}

test('everybody may write beside a folder where only owners may remove, as in /tmp', (t) => {
  const folder = freshFolder(t);
  chmodSync(dirname(folder), 0o1777);
  t.notThrows(() => openOutput({ folder, write: true }));
});

test('the folder around it may be a link to one', async (t) => {
  const folder = freshFolder(t);
  const around = join(dirname(folder), 'link');
  symlinkSync(dirname(folder), around);
  await generate(join(around, 'pki'), 'one');
  t.is(wholeText(folder), 'one');
});

(process.getuid?.() === 0 ? test : test.skip)('a folder of another user is refused', (t) => {
  const folder = freshFolder(t);
  mkdirSync(folder);
  chownSync(folder, 65534, 65534);
  const refusal = codeOf(() => openOutput({ folder, write: true }));
  t.is(refusal, 'OUTPUT_OWNER');
});
