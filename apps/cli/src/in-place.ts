import { lstatSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Output } from '@kubepki/core';
import { openPlace, type Put, wantedFrom } from '@kubepki/install';
import { usage } from './failure.ts';
import { keptFiles } from './history/kept-files.ts';
import type { Args } from './options.ts';
import { shown } from './shell.ts';

/** What was put at fixed names, and what the tree has not: keys that are kept apart. */
export type InPlace = Omit<Put, 'fresh'> & { readonly folder: string; readonly leftOut: readonly string[] };

/** The folder of what is remembered, in the folder of the files. */
const state = '.kubepki-in-place';

/**
 * Opens a folder for the files of a tree at fixed names.
 * @throws PkiError where a file was edited there, or one of the two folders lies in the other
 */
export function openInPlace(
  folder: string,
  {
    discardEdits,
    output: tree,
    paths = [],
  }: Pick<Args, 'discardEdits' | 'output'> & {
    /** Those that are going to be there. */
    readonly paths?: readonly string[];
  },
): { put(view: Output): InPlace; close(): void } {
  if (isWithin(folder, tree) || isWithin(tree, folder)) {
    const both = `${folder}, for files at fixed names, and the output folder ${tree}`;
    throw usage('IN_PLACE_INSIDE', `${both} lie one in the other`, 'give a folder beside it');
  }
  let kept = keptFiles(tree);
  const place = openPlace({
    folder,
    state,
    paths,
    known: (path, sha256) => kept().hashes.has(`${sha256} ${path}`),
    discards: (path) => discardEdits && !kept().sources.has(path),
  });
  return {
    put(view) {
      kept = keptFiles(tree); // there is one more generation
      const mode = (path: string) => lstatSync(join(view.folder, 'current', path)).mode & 0o777;
      const { leftOut, ...wanted } = wantedFrom(view, { folderMode: mode });
      const { written, removed, kept: same } = place.put(wanted);
      place.settle();
      return { written, removed, kept: same, folder: shown(folder), leftOut };
    },
    close: place.close,
  };
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(real(outer), real(inner));
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** A path without links in it, where it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
