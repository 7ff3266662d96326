import { rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFolder, lookAt, PkiError, succeeds, syncFolder, writing } from '@kubepki/core';
import type { Journal } from './journal.ts';
import type { Wanted, WantedFile } from './wanted.ts';
import { createChecked } from './write.ts';

/** Makes the missing folders, and writes what is new under the names where it waits. All of it is stored afterwards. */
export function stage(
  root: string,
  { changes, folders, wanted }: Pick<Journal, 'changes' | 'folders'> & { readonly wanted: Wanted },
): void {
  for (const folder of folders) {
    if (!createFolder(join(root, folder), wanted.folderMode(folder) | 0o700)) throw taken(join(root, folder));
  }
  const files = new Map(wanted.files.map((file) => [file.path, file]));
  const links = new Map(wanted.links.map(({ path, link }) => [path, link]));
  const touched = new Set(folders.map((folder) => dirname(folder)));
  for (const change of changes) {
    if (change.temp === undefined) continue;
    touched.add(dirname(change.path));
    const file = files.get(change.path);
    if (file === undefined) writeLink(join(root, change.temp), links.get(change.path) ?? '');
    else writeFile(join(root, change.temp), file);
  }
  syncFolders(root, touched);
}

/** Takes back what was staged, as far as it was. */
export function unstage(root: string, { changes, folders }: Pick<Journal, 'changes' | 'folders'>): void {
  for (const { temp } of changes) if (temp !== undefined) removeTemp(join(root, temp));
  removeFolders(root, folders);
}

/** Removes folders that are empty, the innermost first. Others stay. */
export function removeFolders(root: string, folders: readonly string[]): void {
  for (const folder of [...folders].sort().reverse()) {
    const path = join(root, folder);
    writing(path, () => succeeds(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'], () => rmdirSync(path)));
  }
}

/** Stores what folders say, the innermost first. One that is gone has nothing to say. */
export function syncFolders(root: string, folders: Iterable<string>): void {
  for (const folder of [...folders].sort().reverse()) {
    const path = join(root, folder);
    if (lookAt(path) !== undefined) syncFolder(path);
  }
}

function writeFile(temp: string, { mode, owner, sha256, path, text }: WantedFile): void {
  const written = createChecked({ path: temp, mode, owner }, text());
  if (written === undefined) throw taken(temp);
  if (written === sha256) return;
  throw new PkiError('FILE_CHANGED', `what is to lie at ${path} was changed since kubepki wrote it`, {
    hint: 'generate again; --discard-edits writes such a file anew',
  });
}

function writeLink(temp: string, target: string): void {
  if (!writing(temp, () => succeeds(['EEXIST'], () => symlinkSync(target, temp)))) throw taken(temp);
}

function removeTemp(temp: string): void {
  writing(temp, () => succeeds(['ENOENT', 'ENOTDIR'], () => unlinkSync(temp)));
}

function taken(path: string): PkiError {
  return new PkiError('BUSY', `another program made ${path} meanwhile`, { fault: 'busy', hint: 'run it again' });
}
