import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { PkiError } from '@kubepki/core';
import { type Lying, limits, type OldFiles } from './files.ts';

/** An old PKI in a folder. It is read when it is asked for, and nothing is ever written there. @throws PkiError OLD_UNREADABLE */
export function oldFolder(folder: string): OldFiles {
  const full = (path: string) => (path === '' ? folder : join(folder, path));
  const stats = attempt(folder, () => statSync(folder));
  if (stats === undefined) throw unreadable(folder, 'is not there');
  if (!stats.isDirectory()) throw unreadable(folder, 'is no folder');
  return {
    name: folder,
    where: full,
    real: (path) => resolve(full(path)),
    look: (path) => attempt(full(path), () => lyingAt(full(path))),
    names: (path) => namesIn(full(path)),
    read: (path) => attempt(full(path), () => bytesOf(full(path))) ?? fail(full(path), 'is not there'),
  };
}

function lyingAt(path: string): Lying {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) };
  if (stats.isFile()) return { kind: 'file' };
  return { kind: stats.isDirectory() ? 'folder' : 'other' };
}

function namesIn(path: string): readonly string[] {
  const entries = attempt(path, () => readdirSync(path, { withFileTypes: true })) ?? [];
  if (entries.length > limits.entries) throw unreadable(path, `has more than ${limits.entries} entries`);
  return (entries as readonly Dirent[]).map(({ name }) => name).sort();
}

/** A link at the end of a path is not followed, and a pipe is not waited for. */
function bytesOf(path: string): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) throw unreadable(path, 'is not a plain file');
    const bytes = Buffer.alloc(limits.file + 1);
    let size = 0;
    for (let count = -1; count !== 0 && size < bytes.length; size += count) {
      count = readSync(descriptor, bytes, size, bytes.length - size, null);
    }
    if (size > limits.file) throw unreadable(path, `is larger than ${limits.file} bytes`);
    return bytes.subarray(0, size);
  } finally {
    closeSync(descriptor);
  }
}

/** Undefined where there is nothing. */
function attempt<T>(path: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PkiError) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EACCES' || code === 'EPERM')
      throw unreadable(path, `may not be read (${code})`, "look at its owner and mode; keys are usually root's alone");
    throw new PkiError('OLD_UNREADABLE', `${path} cannot be read (${code})`, { fault: 'system' });
  }
}

function fail(path: string, problem: string): never {
  throw unreadable(path, problem);
}

function unreadable(path: string, problem: string, hint?: string): PkiError {
  return new PkiError('OLD_UNREADABLE', `${path} ${problem}`, { hint });
}
