import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Problem } from '@kubepki/core';
import { contentsOf } from './contents.ts';
import { type Contents, nothing } from './pem.ts';
import { largestSource, type Source } from './walk.ts';

/** The certificates in a file. What cannot be read is a problem of it, never an error. */
export function readContents(source: Source): Contents {
  const bytes = bytesOf(source);
  return Buffer.isBuffer(bytes) ? contentsOf(source, bytes) : { ...nothing, problems: [bytes] };
}

/** A file's bytes, or why there are none. */
function bytesOf({ path, named }: Source): Buffer | Problem {
  // What a person names may be a pipe of their shell's; what was found is opened without waiting for anybody.
  const flags = named ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, flags);
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { where: path, message: 'it is a folder, no certificate' };
    const bytes = readAll(descriptor, stats.isFile() ? Math.min(stats.size, largestSource) : largestSource);
    if (bytes.length <= largestSource) return bytes;
    return { where: path, message: 'it is larger than 1 MiB, and no certificate is' };
  } catch (error) {
    return { where: path, ...wordsFor(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Up to so many bytes, and one more where there is more. */
function readAll(descriptor: number, most: number): Buffer {
  const bytes = Buffer.alloc(most + 1);
  let size = 0;
  for (let count = -1; count !== 0 && size < bytes.length; size += count) {
    count = readSync(descriptor, bytes, size, bytes.length - size, null);
  }
  return bytes.subarray(0, size);
}

function wordsFor(error: unknown): Pick<Problem, 'message' | 'hint'> {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const { code } = error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { message: 'it is not there any more' };
  if (code === 'EACCES' || code === 'EPERM')
    return { message: `it may not be read (${code})`, hint: 'look at its owner and mode' };
  return { message: `it cannot be read (${code})` };
}
