import { createHash } from 'node:crypto';
import {
  chmodSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmdirSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { noModes } from './file-system.ts';
import { attemptAll, closing, succeeds, unless, writing } from './system.ts';

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_DIRECTORY } = constants;
const blockSize = 1 << 16;

/** Whose a file is to be, by numbers. */
export type Owner = { readonly uid: number; readonly gid: number };

/**
 * Makes a file that was not there and returns the SHA-256 of its bytes; undefined: something has that name.
 * It is for the owner alone until all is written, then has the mode, whatever the umask is. Its bytes are
 * stored when this returns, or with `settled: 'later'` by `settleFile`. One that cannot be finished is taken away again.
 */
export function createFile(
  {
    path,
    mode,
    owner,
    settled = 'now',
  }: {
    readonly path: string;
    readonly mode: number;
    readonly owner?: Owner | undefined;
    readonly settled?: 'now' | 'later';
  },
  pieces: Iterable<string | Uint8Array>,
): string | undefined {
  return writing(path, () => {
    const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    const descriptor = unless(['EEXIST'], () => openSync(path, flags, 0o600));
    if (descriptor === undefined) return undefined;
    try {
      return closing(descriptor, () => fill(descriptor, { path, mode, owner, settled, pieces }));
    } catch (error) {
      attemptAll([() => unlinkSync(path)]);
      throw error;
    }
  });
}

/** Makes a folder that was not there, with that mode whatever the umask is and never a looser one; false: something has that name. */
export function createFolder(path: string, mode: number): boolean {
  return writing(path, () => {
    if (!succeeds(['EEXIST'], () => mkdirSync(path, { mode: mode & 0o700 }))) return false;
    try {
      setMode(path, mode);
      return true;
    } catch (error) {
      attemptAll([() => rmdirSync(path)]);
      throw error;
    }
  });
}

/** Stores what a folder says: which names are in it. */
export function syncFolder(path: string): void {
  writing(path, () => {
    const descriptor = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    closing(descriptor, () => fsyncSync(descriptor));
  });
}

/** Stores the name of what was made at a path, in the folder around it. A link may lead to that. */
export function syncParent(path: string): void {
  const parent = dirname(resolve(path));
  syncFolder(writing(parent, () => realpathSync(parent)));
}

/** The umask may have taken more from a new folder's mode than was asked for. */
function setMode(path: string, mode: number): void {
  if (modeOf(lstatSync(path)) === mode) return;
  changeMode(path, () => chmodSync(path, mode));
  checkMode(path, { stats: lstatSync(path), mode });
}

function fill(
  descriptor: number,
  {
    path,
    mode,
    owner,
    settled,
    pieces,
  }: {
    readonly path: string;
    readonly mode: number;
    readonly owner: Owner | undefined;
    readonly settled: 'now' | 'later';
    readonly pieces: Iterable<string | Uint8Array>;
  },
): string {
  const hash = createHash('sha256');
  for (const block of blocks(pieces)) {
    hash.update(block);
    for (let at = 0; at < block.length; ) at += writeSync(descriptor, block, at);
  }
  if (owner !== undefined) giveTo(descriptor, owner);
  if (modeOf(fstatSync(descriptor)) !== mode) {
    changeMode(path, () => fchmodSync(descriptor, mode));
    checkMode(path, { stats: fstatSync(descriptor), mode });
  }
  if (settled === 'now') fsyncSync(descriptor);
  return hash.digest('hex');
}

function giveTo(descriptor: number, { uid, gid }: Owner): void {
  const stats = fstatSync(descriptor);
  if (stats.uid !== uid || stats.gid !== gid) fchownSync(descriptor, uid, gid);
}

/** Pieces as bytes, small ones of text put together. */
function* blocks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let waiting = '';
  for (const piece of pieces) {
    const text = typeof piece === 'string';
    if (text) waiting += piece;
    if (text && waiting.length < blockSize) continue;
    yield Buffer.from(waiting);
    waiting = '';
    if (!text) yield piece;
  }
  yield Buffer.from(waiting);
}

function checkMode(path: string, { stats, mode }: { readonly stats: Stats; readonly mode: number }): void {
  if (modeOf(stats) !== mode) throw noModes(path, 'lies on a file system that does not keep the modes of files');
}

/** What was made just now belongs to this process, so a file system that refuses to change its mode has none (FAT says EPERM). */
function changeMode(path: string, change: () => void): void {
  if (!succeeds(['EPERM', 'ENOTSUP'], change)) throw noModes(path, 'lies on a file system that has no modes of files');
}

function modeOf({ mode }: Stats): number {
  return mode & 0o777;
}
