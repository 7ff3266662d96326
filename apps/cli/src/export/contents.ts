import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, foldersOf, keyFromPrivatePem, type Output, readAuthorityKey, spkiOf } from '@kubepki/core';
import { AppError } from '../failure.ts';

/** What goes onto a node; paths are relative to its `/`, folders before what is in them. */
export type Item = { readonly path: string } & (
  | { readonly kind: 'folder'; readonly mode: number }
  | {
      readonly kind: 'file';
      readonly mode: number;
      /** Whose it is to be, where its emitter says so; otherwise root's. */
      readonly owner?: string;
      readonly group?: string;
      readonly text: string;
    }
  | { readonly kind: 'link'; readonly target: string }
);

/** One node's share of the current generation. `leftOut`: authorities' keys that lie elsewhere. */
export type Contents = { readonly node: string; readonly items: readonly Item[]; readonly leftOut: readonly string[] };

/**
 * Reads all that a node is to have, and checks each file against the manifest first, so that nothing is
 * written of a node whose files are not as they were made.
 * @throws AppError where a file is missing or was changed, or an authority's key is not in its folder
 */
export function contentsOf(
  output: Output,
  { node, authorityKeys }: { readonly node: string; readonly authorityKeys?: string | undefined },
): Contents {
  const base = `nodes/${node}/`;
  const own = [...output.entries.values()].filter(({ path }) => path.startsWith(base));
  const links = [...output.links].filter(([path]) => path.startsWith(base));
  const leftOut: string[] = [];
  const files = own.flatMap((entry): Item[] => {
    const path = entry.path.slice(base.length);
    const text = entry.apart ? apartText(entry, authorityKeys) : treeText(output, entry);
    if (text === undefined) leftOut.push(path);
    const { mode, owner, group } = entry;
    const whose = { ...(owner === undefined ? {} : { owner }), ...(group === undefined ? {} : { group }) };
    return text === undefined ? [] : [{ kind: 'file', path, mode, ...whose, text }];
  });
  const rest = links.map(([path, target]): Item => ({ kind: 'link', path: path.slice(base.length), target }));
  const items = [...files, ...rest];
  const folders = foldersAround(items).map(
    (path): Item => ({ kind: 'folder', path, mode: modeOf(output, base + path) }),
  );
  return { node, items: [...folders, ...items], leftOut };
}

/** Every folder of the paths, the outer ones first. */
function foldersAround(items: readonly Item[]): readonly string[] {
  const folders = new Set<string>();
  for (const { path } of items) {
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  return [...folders].sort();
}

function modeOf({ folder }: Output, path: string): number {
  return lstatSync(join(folder, 'current', path)).mode & 0o777;
}

function treeText(output: Output, { path, sha256 }: Entry): string {
  const full = join(output.folder, 'current', path);
  if (!output.has(path)) {
    throw new AppError('FILE_MISSING', `${full} is missing`, { fault: 'input', hint: 'generate makes it again' });
  }
  const text = output.read(path);
  if (createHash('sha256').update(text).digest('hex') === sha256) return text;
  throw new AppError('FILE_CHANGED', `${full} was changed since kubepki wrote it`, {
    fault: 'input',
    hint: 'bring back what was there, or remove the file and generate',
  });
}

function apartText({ holds }: Entry, folder: string | undefined): string | undefined {
  const held = holds.find(({ part }) => part === 'key');
  if (folder === undefined || held === undefined) return undefined;
  const found = readAuthorityKey(folder, held.id);
  const hint = 'give the folder that had the keys when they were made';
  if (found === undefined) {
    throw new AppError('AUTHORITY_KEY_MISSING', `the key of ${held.id} is not in ${folder}`, { fault: 'input', hint });
  }
  const spki = spkiOf(keyFromPrivatePem(found.text, found.where).publicKey);
  if (createHash('sha256').update(spki).digest('hex') === held.fingerprint) return found.text;
  throw new AppError('AUTHORITY_KEY_MISMATCH', `${found.where} is not the key of this tree's ${held.id}`, {
    fault: 'input',
    hint,
  });
}
