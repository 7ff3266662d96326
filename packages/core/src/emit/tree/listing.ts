import type { Entry, LinkFile } from '../file.ts';
import { checkLink, checkPath } from './path.ts';
import type { Tree } from './tree.ts';

/** A tree that only lists what is pushed into it. */
export type ListingTree = Tree & {
  /** What would be written, in that order. */
  readonly written: readonly Entry[];
  /** What would be taken over as it is. */
  readonly kept: readonly Entry[];
  readonly links: readonly LinkFile[];
};

/** A tree for a dry run: it lists what is pushed into it, and forgets the texts. */
export function listingTree(current: ReadonlyMap<string, Entry> = new Map()): ListingTree {
  const written: Entry[] = [];
  const kept: Entry[] = [];
  const links: LinkFile[] = [];
  return {
    written,
    kept,
    links,
    async write(file, _text, entry) {
      checkPath(file.path);
      written.push(entry);
    },
    async link(file) {
      checkLink(file.path, file.link);
      links.push(file);
    },
    async keep(file, entry) {
      checkPath(file.path);
      kept.push(entry);
    },
    current: (path) => current.get(path),
    async commit() {},
    async abort() {},
  };
}
