import { createHash } from 'node:crypto';
import { constants, fstatSync, fsyncSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { PkiError } from '../../error.ts';
import { closing, reading, unless, writing } from './system.ts';

/** What is at a path, a link being a link; undefined: nothing. */
export function look(path: string): Stats | undefined {
  return reading(path, () => unless(['ENOENT', 'ENOTDIR'], () => lstatSync(path)));
}

/** The bytes of a file. Refuses what is not a plain file (a link, a pipe) and what is larger than the limit. */
export function readBytes(path: string, limit: number): Buffer {
  return reading(path, () => opened(path, (descriptor) => contents(path, { descriptor, limit })));
}

/** Throws unless a file is as it was written, and stores its bytes unless they are stored. */
export function settleFile(
  path: string,
  as: { readonly mode: number; readonly sha256?: string; readonly stored: boolean },
): void {
  const same = writing(path, () =>
    opened(path, (descriptor) => {
      if (!as.stored) fsyncSync(descriptor);
      const hash = sha256(contents(path, { descriptor, limit: Number.MAX_SAFE_INTEGER }));
      return hash === as.sha256 && (fstatSync(descriptor).mode & 0o777) === as.mode;
    }),
  );
  if (same) return;
  throw new PkiError('WRITE_FAILED', `${path} is not as it was written`, {
    fault: 'system',
    hint: 'another program changes files there, or the disk is failing',
  });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function opened<T>(path: string, action: (descriptor: number) => T): T {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  return closing(descriptor, () => action(descriptor));
}

function contents(
  path: string,
  { descriptor, limit }: { readonly descriptor: number; readonly limit: number },
): Buffer {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new PkiError('FILE_UNREADABLE', `${path} is not a plain file`);
  if (stats.size > limit) throw new PkiError('FILE_UNREADABLE', `${path} is larger than ${limit} bytes`);
  const bytes = Buffer.alloc(stats.size);
  let size = 0;
  for (let read = -1; read !== 0 && size < bytes.length; size += read) {
    read = readSync(descriptor, bytes, size, bytes.length - size, null);
  }
  return bytes.subarray(0, size);
}
