import { createHash, hash } from 'node:crypto';
import { constants, fstatSync, fsyncSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { PkiError } from '../../error.ts';
import { closing, reading, unless, writing } from './system.ts';

const blockSize = 1 << 16;

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
      return hashOf(path, descriptor) === as.sha256 && (fstatSync(descriptor).mode & 0o777) === as.mode;
    }),
  );
  if (same) return;
  throw new PkiError('WRITE_FAILED', `${path} is not as it was written`, {
    fault: 'system',
    hint: 'another program changes files there, or the disk is failing',
  });
}

export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** SHA-256 over a plain file's bytes; undefined: there is none, though there may be a link or a folder of that name. */
export function hashIfThere(path: string): string | undefined {
  return reading(path, () =>
    unless(['ENOENT', 'ENOTDIR', 'ELOOP'], () =>
      opened(path, (descriptor) => (fstatSync(descriptor).isFile() ? hashOf(path, descriptor) : undefined)),
    ),
  );
}

/** SHA-256 over a text that comes in pieces. */
export function sha256OfText(pieces: Iterable<string>): string {
  const sum = createHash('sha256');
  for (const piece of pieces) sum.update(piece);
  return sum.digest('hex');
}

/** SHA-256 over the bytes of a plain file. */
export function hashFile(path: string): string {
  return reading(path, () => opened(path, (descriptor) => hashOf(path, descriptor)));
}

/** Of a large file no more than a block is in memory. */
function hashOf(path: string, descriptor: number): string {
  if (checkPlain(path, descriptor).size <= blockSize)
    return sha256(contents(path, { descriptor, limit: Number.MAX_SAFE_INTEGER }));
  const sum = createHash('sha256');
  const block = Buffer.allocUnsafe(blockSize);
  for (let count = -1; count !== 0; sum.update(block.subarray(0, count)))
    count = readSync(descriptor, block, 0, blockSize, null);
  return sum.digest('hex');
}

function opened<T>(path: string, action: (descriptor: number) => T): T {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  return closing(descriptor, () => action(descriptor));
}

function checkPlain(path: string, descriptor: number): Stats {
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return stats;
  throw new PkiError('FILE_UNREADABLE', `${path} is not a plain file`);
}

function contents(
  path: string,
  { descriptor, limit }: { readonly descriptor: number; readonly limit: number },
): Buffer {
  const stats = checkPlain(path, descriptor);
  if (stats.size > limit) throw new PkiError('FILE_UNREADABLE', `${path} is larger than ${limit} bytes`);
  const bytes = Buffer.alloc(stats.size);
  let size = 0;
  for (let read = -1; read !== 0 && size < bytes.length; size += read) {
    read = readSync(descriptor, bytes, size, bytes.length - size, null);
  }
  return bytes.subarray(0, size);
}
