import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { withFault } from '@kubepki/injection';
import test from 'ava';
import type { PkiError } from '../../error.ts';
import { failure, freshFolder, generate } from './_tree.test.ts';
import { checkFileSystem } from './file-system.ts';
import { openOutput } from './index.ts';

for (const [name, type] of [
  ['FAT', 0x4d44],
  ['exFAT', 0x2011bab0],
  ['NTFS', 0x7366746e],
] as const) {
  test(`${name} is refused by its name before anything is made`, (t) => {
    const error = t.throws<PkiError>(() => checkFileSystem('/media/stick', type), { code: 'OUTPUT_NO_MODES' });
    t.regex(error?.message ?? '', new RegExp(`^/media/stick lies on ${name}`));
  });
}

test('others pass, and so does one whose type cannot be asked', (t) => {
  t.notThrows(() => checkFileSystem(dirname(freshFolder(t))));
  t.notThrows(() => checkFileSystem('/nowhere/at/all'));
});

test.serial('a file system that refuses to change a mode is said to have none', async (t) => {
  const folder = freshFolder(t);
  const umask = process.umask(0o777); // with which a mode is set by a call of its own
  t.teardown(() => process.umask(umask));
  const calls = await withFault({ at: 0, fault: 'none' }, () => generate(`${folder}-probe`, 'one'));
  for (const call of ['chmodSync', 'fchmodSync'] as const) {
    const error = await failure(withFault({ at: calls.indexOf(call), fault: 'EPERM' }, () => generate(folder, 'one')));
    t.is(error.code, 'OUTPUT_NO_MODES');
    t.is(error.fault, 'input');
  }
});

test('the folder around the output may be open to a group', (t) => {
  const folder = freshFolder(t);
  chmodSync(dirname(folder), 0o775);
  t.notThrows(() => openOutput({ folder, write: true }));
});
