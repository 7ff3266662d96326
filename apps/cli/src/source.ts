import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from './failure.ts';
import { quote } from './shell.ts';

/** Files that people write (cluster files, certificates, keys) are small. */
const largestInput = 2 ** 20;

/**
 * The text of a file that a person gave. It names the path in its errors, never the content.
 * @throws AppError where it is missing, too large or no text
 */
export function readInput(path: string, options: { readonly what: string; readonly hint?: string }): string {
  return decode(path, readBytes(path, options));
}

/** The text of a file with a secret. @throws AppError also where others than its owner may read it */
export function readSecret(path: string, options: { readonly what: string; readonly hint?: string }): string {
  return decode(path, readBytes(path, { ...options, secret: true }));
}

type ReadOptions = {
  readonly what: string;
  readonly hint?: string;
  readonly limit?: number;
  /** Nobody but its owner may read it. */
  readonly secret?: boolean;
};

/** The bytes of such a file. @throws AppError where it is missing or too large */
export function readBytes(path: string, { what, hint, limit, secret = false }: ReadOptions): Buffer {
  const descriptor = attempt(path, { what, hint }, () => openSync(path, 'r'));
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw bad(`${path} is a folder, no ${what}`, undefined);
    if (secret && (stat.mode & 0o077) !== 0) {
      const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
      throw bad(`${path} is a secret that others may read: its mode is ${mode}`, `chmod 600 ${quote(path)}`);
    }
    return read(path, descriptor, { what, limit });
  } finally {
    closeSync(descriptor);
  }
}

/** The text on stdin. */
export function readStdin(what: string): string {
  return decode('stdin', readStdinBytes(what));
}

/** The bytes on stdin. */
export function readStdinBytes(what: string, limit?: number): Buffer {
  return read('stdin', 0, { what, limit });
}

function read(
  path: string,
  descriptor: number,
  { what, limit = largestInput }: { readonly what: string; readonly limit?: number | undefined },
): Buffer {
  const bytes = Buffer.alloc(limit + 1);
  let size = 0;
  for (let count = -1; count !== 0 && size < bytes.length; size += count) {
    count = attempt(path, { what }, () => readSome(descriptor, bytes.subarray(size)));
  }
  if (size > limit) throw bad(`${path} is larger than ${limit / 2 ** 20} MiB, and no ${what} is`, undefined);
  return bytes.subarray(0, size);
}

/** Reads what is there. Node lets a pipe on stdin say EAGAIN where its other end has written nothing yet. */
function readSome(descriptor: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, into, 0, into.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bad(`${path} is not text in UTF-8`, undefined);
  }
}

function attempt<T>(
  path: string,
  { what, hint }: { readonly what: string; readonly hint?: string | undefined },
  action: () => T,
): T {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw bad(`there is no ${what} ${path}`, hint);
    if (code === 'EACCES' || code === 'EPERM')
      throw bad(`${path} may not be read (${code})`, 'look at its owner and mode');
    if (code === 'EISDIR') throw bad(`${path} is a folder, no ${what}`, undefined);
    throw new AppError('FILE_UNREADABLE', `${path} cannot be read (${code})`, { fault: 'system' });
  }
}

function bad(message: string, hint: string | undefined): AppError {
  return new AppError('FILE_UNREADABLE', message, { fault: 'input', hint });
}
