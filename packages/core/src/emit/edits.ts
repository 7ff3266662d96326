import { PkiError } from '../error.ts';
import { sha256 } from './tree/read.ts';
import type { TreeView } from './tree/tree.ts';

/** Collects the files of the current generation that somebody changed, and refuses them all at once. */
export function editWatch(output: TreeView): { see(path: string): void; refuse(): void } {
  const changed: string[] = [];
  return {
    see(path) {
      const expected = output.entries.get(path)?.sha256;
      if (expected === undefined || !output.has(path)) return;
      if (sha256(Buffer.from(output.read(path))) !== expected) changed.push(path);
    },
    refuse() {
      if (changed.length === 0) return;
      const files = changed.length === 1 ? '1 file was' : `${changed.length} files were`;
      throw new PkiError('FILES_CHANGED', `${files} changed since kubepki wrote generation ${output.generation}`, {
        problems: changed.map((path) => ({ where: path, message: 'its content is not what was written' })),
        hint: 'bring back what was there, or remove the file to have it written anew',
      });
    },
  };
}
