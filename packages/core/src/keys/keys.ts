import type { Change } from '../changes/changes.ts';
import { ordered } from '../stream.ts';
import type { Key, KeySource } from './key.ts';

/** A change with the key that its making needs. */
export type Keyed = Change & { readonly key?: Key };

/** Makes a key for each thing that is to be made, some at a time, and passes all on in plan order. */
export function keys(
  changes: AsyncIterable<Change>,
  { source, window = 8 }: { readonly source: KeySource; readonly window?: number },
): AsyncGenerator<Keyed> {
  return ordered(changes, {
    window,
    run: async (change): Promise<Keyed> => {
      if (change.kept !== undefined) return change;
      if (change.again !== undefined) return { ...change, key: change.again.key };
      return { ...change, key: await source.make({ id: change.spec.id, algorithm: change.spec.keys }) };
    },
  });
}
