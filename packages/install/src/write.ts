import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { createFile, PkiError, readBytes, writing } from '@kubepki/core';

/**
 * Makes a file as core's `createFile` does, and reads it back, since a disk may say that it took what it did not.
 * @throws PkiError WRITE_FAILED where the file does not hold what was written; then it is taken away again
 */
export function createChecked(file: Parameters<typeof createFile>[0], text: string): string | undefined {
  const written = createFile(file, [text]);
  if (written === undefined) return undefined;
  const { path } = file;
  const found = createHash('sha256').update(readBytes(path, Number.MAX_SAFE_INTEGER)).digest('hex');
  if (found === written) return written;
  writing(path, () => unlinkSync(path));
  throw new PkiError('WRITE_FAILED', `${path} is not as it was written`, {
    fault: 'system',
    hint: 'another program changes files there, or the disk is failing',
  });
}
