import type { TreeView } from '@kubepki/core';
import type { Wanted } from './wanted.ts';

/** The files and links of a tree, and what the tree does not have of them: keys that are kept apart. */
export type FromTree = Wanted & { readonly leftOut: readonly string[] };

/** What a tree has, as what is to lie elsewhere under the same paths. Texts are read when they are written. */
export function wantedFrom(
  view: Pick<TreeView, 'entries' | 'links' | 'read'>,
  { folderMode }: Pick<Wanted, 'folderMode'>,
): FromTree {
  const entries = [...view.entries.values()];
  return {
    files: entries.flatMap(({ path, mode, sha256 }) =>
      sha256 === undefined ? [] : [{ path, mode, sha256, text: () => view.read(path) }],
    ),
    links: [...view.links].map(([path, link]) => ({ path, link })),
    leftOut: entries.flatMap(({ path, sha256 }) => (sha256 === undefined ? [path] : [])),
    folderMode,
  };
}
