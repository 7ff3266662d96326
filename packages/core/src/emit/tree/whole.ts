import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../error.ts';
import { look, readBytes, sha256 } from './read.ts';
import { reading } from './system.ts';
import type { TreeView } from './tree.ts';

/** What of a generation's files and links is not as its manifest says: each file's bytes and mode, where each link leads. */
export function* notWhole(root: string, { entries, links }: Pick<TreeView, 'entries' | 'links'>): Generator<Problem> {
  for (const entry of entries.values()) {
    const message = entry.apart ? undefined : wrongFile(join(root, entry.path), entry);
    if (message !== undefined) yield { where: entry.path, message };
  }
  for (const [path, link] of links) {
    const full = join(root, path);
    const leads = look(full)?.isSymbolicLink() ? reading(full, () => readlinkSync(full)) : undefined;
    if (leads !== link) yield { where: path, message: `it is no link to ${link}` };
  }
}

function wrongFile(
  full: string,
  { mode, sha256: hash }: { readonly mode: number; readonly sha256?: string },
): string | undefined {
  if (!look(full)?.isFile()) return 'it is missing, or no plain file';
  if (sha256(readBytes(full, Number.MAX_SAFE_INTEGER)) !== hash) return 'it was changed since kubepki wrote it';
  const found = reading(full, () => lstatSync(full).mode) & 0o7777;
  return found === mode ? undefined : `its mode is ${found.toString(8)}, and was ${mode.toString(8)}`;
}
