import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createFile, createFolder, flush, syncFolder, syncParent, writing } from '@kubepki/core';
import { AppError } from '../failure.ts';
import type { Contents, Item } from './contents.ts';

/** How many files are worth a program that stores them all at once. */
const many = 500;

/**
 * Writes nodes' contents to DIR/NODE/…. DIR is made for its owner alone, or is empty.
 * @throws AppError; then, as when it is stopped, nothing of it stays
 */
export async function writeFolder(
  folder: string,
  { nodes, signal }: { readonly nodes: Iterable<Contents>; readonly signal: AbortSignal },
): Promise<void> {
  const made = claim(folder);
  const written: string[] = [];
  const files: string[] = [];
  const folders = [folder];
  try {
    for (const { node, items } of nodes) {
      signal.throwIfAborted();
      const place = join(folder, node);
      written.push(place);
      makeFolder(place, 0o700);
      for (const item of items) write(place, item);
      files.push(...pathsOf('file', place, items));
      folders.push(place, ...pathsOf('folder', place, items));
    }
    await store(folder, { files, folders });
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

function pathsOf(kind: Item['kind'], place: string, items: readonly Item[]): readonly string[] {
  return items.filter((item) => item.kind === kind).map(({ path }) => join(place, path));
}

function write(place: string, item: Item): void {
  const path = join(place, item.path);
  if (item.kind === 'link') writing(path, () => symlinkSync(item.target, path));
  else if (item.kind === 'folder') makeFolder(path, item.mode);
  else if (createFile({ path, mode: item.mode, settled: 'later' }, [item.text]) === undefined) throw taken(path);
}

function makeFolder(path: string, mode: number): void {
  if (!createFolder(path, mode)) throw taken(path);
}

/** Stores what was written, many files at once where the system can. */
async function store(
  folder: string,
  { files, folders }: { readonly files: readonly string[]; readonly folders: readonly string[] },
): Promise<void> {
  if (files.length > many && (await flush(folder))) return;
  for (const path of files) writing(path, () => storeFile(path));
  for (const path of folders.toReversed()) syncFolder(path);
  syncParent(folder);
}

function storeFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function taken(path: string): AppError {
  return new AppError('BUSY', `another program made ${path} meanwhile`, { fault: 'busy', hint: 'run it again' });
}

function bad(message: string, hint: string | undefined): AppError {
  return new AppError('EXPORT_FOLDER', message, { fault: 'input', hint });
}
