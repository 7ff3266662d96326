import { PkiError } from '../../error.ts';
import type { ContentFile, Entry, Tree } from '../file.ts';
import { checkLink, checkPath } from './path.ts';

export type MemoryTree = Tree & {
  readonly files: ReadonlyMap<string, { readonly mode: number; readonly text: string }>;
  readonly links: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, Entry>;
};

/** A tree in memory, for tests and for those who put the files elsewhere themselves. Another one can be its current generation. */
export function memoryTree(previous?: MemoryTree): MemoryTree {
  const files = new Map<string, { mode: number; text: string }>();
  const links = new Map<string, string>();
  const entries = new Map<string, Entry>();
  const add = ({ path, mode }: ContentFile, text: string, entry: Entry) => {
    checkPath(path);
    checkFree(path, files.has(path) || links.has(path));
    files.set(path, { mode, text });
    entries.set(path, entry);
  };
  return {
    files,
    links,
    entries,
    async write(file, text, entry) {
      add(file, text, entry);
    },
    async link({ path, link }) {
      checkLink(path, link);
      checkFree(path, files.has(path) || links.has(path));
      links.set(path, link);
    },
    async keep(file, entry) {
      const kept = previous?.files.get(file.path);
      if (kept === undefined) throw new PkiError('FILE_UNKNOWN', `${file.path} is not in the current generation`);
      add(file, kept.text, entry);
    },
    current: (path) => previous?.entries.get(path),
    async commit() {},
    async abort() {
      // A tree in memory that was not committed is simply not used.
    },
  };
}

function checkFree(path: string, taken: boolean): void {
  if (taken) throw new PkiError('PATH_TAKEN', `two files have the path ${path}`);
}
