import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '../../error.ts';
import { hashIfThere, look, readBytes } from './read.ts';
import { reading } from './system.ts';
import type { Lying, TreeView } from './tree.ts';

/** No file of a tree is larger. */
const largestFile = 16 * 2 ** 20;

/** A generation as it lies in a folder, which need not be there yet. Nothing is read before it is asked for. */
export function folderView(
  root: string,
  { plan, generation, entries, links }: Pick<TreeView, 'plan' | 'generation' | 'entries' | 'links'>,
): TreeView {
  const there = new Set<string>();
  const has = (path: string): boolean => {
    if (there.has(path)) return true;
    const found = entries.has(path) && look(join(root, path))?.isFile() === true;
    if (found) there.add(path);
    return found;
  };
  return {
    plan,
    generation,
    entries,
    links,
    has,
    read(path) {
      if (entries.has(path)) return readBytes(join(root, path), largestFile).toString();
      throw new PkiError('FILE_UNKNOWN', `${path} is not in generation ${generation}, in ${root}`);
    },
    hash(path) {
      const found = entries.has(path) ? hashIfThere(join(root, path)) : undefined;
      if (found !== undefined) there.add(path);
      return found;
    },
    contents: () => lyingIn(root, '.'),
  };
}

function* lyingIn(root: string, path: string): Generator<Lying> {
  const full = join(root, path);
  const stats = look(full);
  if (stats === undefined) return;
  const mode = stats.mode & 0o7777;
  if (stats.isSymbolicLink()) yield { path, kind: 'link', link: reading(full, () => readlinkSync(full)) };
  else if (stats.isFile()) yield { path, kind: 'file', mode, text: () => readBytes(full, largestFile).toString() };
  else yield { path, kind: stats.isDirectory() ? 'folder' : 'other', mode };
  if (!stats.isDirectory()) return;
  for (const name of reading(full, () => readdirSync(full)).sort()) {
    yield* lyingIn(root, path === '.' ? name : `${path}/${name}`);
  }
}
