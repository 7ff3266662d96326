import { realpathSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PkiError } from '../../error.ts';
import type { Entry } from '../file.ts';
import { createFile, createFolder, syncParent } from './disk.ts';
import { checkPlace } from './folder.ts';
import { isInside } from './path.ts';
import { readBytes } from './read.ts';
import { unless } from './system.ts';

/** A folder outside of the tree, for the keys of authorities. */
export type ApartFolder = {
  /** Writes an authority's key, or sees that it is there already. The way back from each step is added to `undo`. */
  write(text: string, entry: Entry, undo: (() => void)[]): void;
};

/** Opens a folder for the keys of authorities. It is made with the first key, and lies outside of the output folder. */
export function apartFolder(folder: string, output: string): ApartFolder {
  const way = relative(real(output), real(folder));
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
    throw new PkiError(
      'AUTHORITY_KEYS_INSIDE',
      `${folder}, for the authorities' keys, lies in the output folder ${output}`,
      {
        hint: 'give a folder outside of it, at best on a medium that is taken away',
      },
    );
  }
  checkPlace(folder);
  return {
    write(text, entry, undo) {
      const path = apartPath(folder, entry);
      makeFolders(folder, { path, undo });
      if (createFile({ path, mode: 0o600 }, [text]) !== undefined) {
        undo.push(() => unlinkSync(path));
        syncParent(path);
      } else if (readBytes(path, 2 ** 20).toString() !== text) {
        throw new PkiError('AUTHORITY_KEYS_TAKEN', `${path} is there already, and is another key`, {
          hint: 'it belongs to another cluster, or to a run that was killed; give another folder, or move it away',
        });
      }
    },
  };
}

/** Where the key lies that an entry holds: by its authority's id. */
function apartPath(folder: string, { path, holds }: Entry): string {
  const id = holds.find(({ part }) => part === 'key')?.id;
  if (id !== undefined && isInside(`${id}.key`)) return join(folder, `${id}.key`);
  throw new PkiError('PATH_UNSAFE', `${path} cannot be kept apart: it holds no key, or one whose id is no path`);
}

function makeFolders(folder: string, { path, undo }: { readonly path: string; readonly undo: (() => void)[] }): void {
  const folders: string[] = [];
  for (let above = dirname(path); above.length >= folder.length; above = dirname(above)) folders.unshift(above);
  for (const one of folders) {
    if (!createFolder(one, 0o700)) continue;
    undo.push(() => rmdirSync(one));
    syncParent(one);
  }
}

/** A path without links in it, as far as it exists. */
function real(path: string): string {
  const full = resolve(path);
  return unless(['ENOENT', 'ENOTDIR'], () => realpathSync(full)) ?? join(real(dirname(full)), basename(full));
}
