import type { Change } from '../changes/changes.ts';
import { inRows, outOfRows } from '../rows.ts';
import { ordered } from '../stream.ts';
import type { Key, KeySource } from './key.ts';

/** A change with the key that its making needs. */
export type Keyed = Change & { readonly key?: Key };

/** Makes a key for each thing that is to be made, some at a time, and passes all on in plan order. */
export function keys(
  changes: AsyncIterable<Change>,
  options: { readonly source: KeySource; readonly window?: number },
): AsyncGenerator<Keyed> {
  return outOfRows(keysInRows(inRows(changes), options));
}

/** The same for rows of changes. */
export function keysInRows(
  rows: AsyncIterable<readonly Change[]>,
  { source, window = 16 }: { readonly source: KeySource; readonly window?: number },
): AsyncGenerator<readonly Keyed[]> {
  const keyed = async (change: Change): Promise<Keyed> => {
    if (change.kept !== undefined) return change;
    if (change.again !== undefined) return { ...change, key: change.again.key };
    return { ...change, key: await source.make({ id: change.spec.id, algorithm: change.spec.keys }) };
  };
  return ordered(rows, { window, size: (row) => row.length, run: (row) => Promise.all(row.map(keyed)) });
}
