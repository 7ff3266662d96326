import type { ContentFile, Emitter, Entry, Holding } from '../emit/file.ts';
import type { TreeView } from '../emit/tree/tree.ts';

/** The manifest's entries by what they hold. The first is the credential's own file; copies come behind it. */
export function byHolding(output: TreeView): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of output.entries.values()) {
    for (const { id, part } of entry.holds) {
      const key = `${part} ${id}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, [entry]);
      // A copy on a node never stands in for an authority's key that was taken away.
      else if (part !== 'key') known.push(entry);
    }
  }
  return found;
}

/** The part of a credential that a file's text holds, as PEM, by the emitter that wrote it. */
export function readHolding(
  text: string,
  {
    entry,
    reader,
    id,
    part,
  }: {
    readonly entry: Entry;
    readonly reader: Emitter | undefined;
    readonly id: string;
    readonly part: Holding['part'];
  },
): string | undefined {
  const file: ContentFile = { path: entry.path, mode: entry.mode, secret: entry.secret, holds: entry.holds };
  const index = entry.holds.findIndex((held) => held.id === id && held.part === part);
  return reader?.read?.(text, file)[index];
}
