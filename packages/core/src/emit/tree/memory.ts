import { PkiError } from '../../error.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ContentFile, Entry } from '../file.ts';
import { checkLink, checkPath, foldersOf } from './path.ts';
import { sha256 } from './read.ts';
import type { Lying, Tree, TreeView } from './tree.ts';

/** A tree in memory: what was pushed into it, by path. */
export type MemoryTree = Tree & {
  readonly files: ReadonlyMap<string, { readonly mode: number; readonly text: string }>;
  readonly links: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, Entry>;
  view(plan: Plan): TreeView;
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
    entries.set(path, { ...entry, sha256: sha256(Buffer.from(text)) });
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
    view: (plan) => ({
      plan,
      generation: 1,
      entries,
      links,
      has: (path) => files.has(path),
      read: (path) => textOf(files, path),
      contents: () => lyingIn({ files, links }),
    }),
    async commit() {},
    async abort() {
      // A tree in memory that was not committed is simply not used.
    },
  };
}

function checkFree(path: string, taken: boolean): void {
  if (taken) throw new PkiError('PATH_TAKEN', `two files have the path ${path}`);
}

function textOf(files: MemoryTree['files'], path: string): string {
  const file = files.get(path);
  if (file !== undefined) return file.text;
  throw new PkiError('FILE_UNKNOWN', `${path} is not in this tree`);
}

/** A tree in memory has no folders: what they would be is told, open to their owner alone. */
function* lyingIn({ files, links }: Pick<MemoryTree, 'files' | 'links'>): Generator<Lying> {
  const folders = new Set(['.']);
  for (const path of [...files.keys(), ...links.keys()]) {
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  for (const path of folders) yield { path, kind: 'folder', mode: 0o700 };
  for (const [path, { mode, text }] of files) yield { path, kind: 'file', mode, text: () => text };
  for (const [path, link] of links) yield { path, kind: 'link', link };
}
