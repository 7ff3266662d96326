import {
  chmodSync,
  closeSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../failure.ts';
import type { Contents, Item } from './contents.ts';

/**
 * Writes nodes' contents to DIR/NODE/…. DIR is made for its owner alone, or is empty.
 * @throws AppError; then, as when it is stopped, nothing of it stays
 */
export function writeFolder(
  folder: string,
  { nodes, signal }: { readonly nodes: Iterable<Contents>; readonly signal: AbortSignal },
): void {
  const made = claim(folder);
  const written: string[] = [];
  try {
    for (const { node, items } of nodes) {
      signal.throwIfAborted();
      const place = join(folder, node);
      written.push(place);
      mkdirSync(place, { mode: 0o700 });
      for (const item of items) write(place, item);
    }
  } catch (error) {
    for (const path of made ? [folder] : written) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the folder, or sees that it is empty; returns whether it was made. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw bad(`${folder} cannot be made: its folder is not there`, undefined);
    if (code !== 'EEXIST') throw error;
  }
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) throw bad(`${folder} is no folder`, 'give an empty folder, or one that is not there yet');
  if (readdirSync(folder).length > 0)
    throw bad(`${folder} is not empty`, 'give an empty folder, or one that is not there yet');
  if ((stats.mode & 0o002) !== 0) throw bad(`everybody may write into ${folder}`, `chmod o-w ${folder}`);
  return false;
}

function write(place: string, item: Item): void {
  const path = join(place, item.path);
  if (item.kind === 'link') symlinkSync(item.target, path);
  else if (item.kind === 'folder') makeFolder(path, item.mode);
  else writeFile(path, item);
}

function makeFolder(path: string, mode: number): void {
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, mode);
}

function writeFile(path: string, item: Item & { readonly kind: 'file' }): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, item.text);
    fchmodSync(descriptor, item.mode);
  } finally {
    closeSync(descriptor);
  }
}

function bad(message: string, hint: string | undefined): AppError {
  return new AppError('EXPORT_FOLDER', message, { fault: 'input', hint });
}
