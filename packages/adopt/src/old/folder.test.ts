import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PkiError } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { limits } from './files.ts';
import { oldFolder } from './folder.ts';

function folder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-adopt-')));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const message = (t: ExecutionContext, run: () => unknown) =>
  t.throws<PkiError>(run, { instanceOf: PkiError, code: 'OLD_UNREADABLE' })?.message;

test('Files, folders and links are told apart, and a link is not followed by itself', (t) => {
  const root = folder(t);
  mkdirSync(join(root, 'pki'));
  writeFileSync(join(root, 'pki/ca.crt'), 'one');
  symlinkSync('ca.crt', join(root, 'pki/link'));
  const old = oldFolder(root);
  t.deepEqual(old.names('pki'), ['ca.crt', 'link']);
  t.deepEqual(['pki', 'pki/ca.crt', 'pki/link', 'x', 'pki/ca.crt/x'].map(old.look), [
    { kind: 'folder' },
    { kind: 'file' },
    { kind: 'link', target: 'ca.crt' },
    undefined,
    undefined,
  ]);
  t.is(Buffer.from(old.read('pki/ca.crt')).toString(), 'one');
  t.is(old.where('pki/ca.crt'), join(root, 'pki/ca.crt'));
  t.throws(() => old.read('pki/link'), { instanceOf: PkiError });
});

test('A pipe is not waited for, and what is too large is not read', (t) => {
  const root = folder(t);
  execFileSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(join(root, 'big'), 'x'.repeat(limits.file + 1));
  const old = oldFolder(root);
  t.is(
    message(t, () => old.read('pipe')),
    `${join(root, 'pipe')} is not a plain file`,
  );
  t.is(
    message(t, () => old.read('big')),
    `${join(root, 'big')} is larger than ${limits.file} bytes`,
  );
});

test('What is not there, no folder, or closed is told in a line', (t) => {
  const root = folder(t);
  writeFileSync(join(root, 'file'), '');
  t.is(
    message(t, () => oldFolder(join(root, 'x'))),
    `${join(root, 'x')} is not there`,
  );
  t.is(
    message(t, () => oldFolder(join(root, 'file'))),
    `${join(root, 'file')} is no folder`,
  );
  t.is(
    message(t, () => oldFolder(root).read('x')),
    `${join(root, 'x')} is not there`,
  );
  if (process.getuid?.() === 0) return;
  chmodSync(join(root, 'file'), 0);
  t.is(
    message(t, () => oldFolder(root).read('file')),
    `${join(root, 'file')} may not be read (EACCES)`,
  );
});
