import type { Change } from './changes/changes.ts';

/** Leaves that are made together. */
const most = 16;

/**
 * Cuts changes in rows, in their order. Leaves whose keys take no time go together, so that they are made, checked and
 * signed without other work between; all else is alone, since what comes after it may need it.
 */
export async function* inRows<T extends Change>(changes: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let row: T[] = [];
  for await (const change of changes) {
    const together = isQuick(change);
    if (together && row.push(change) < most) continue;
    if (row.length > 0) yield row;
    row = [];
    if (!together) yield [change];
  }
  if (row.length > 0) yield row;
}

/** The things of rows, one by one. */
export async function* outOfRows<T>(rows: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const row of rows) yield* row;
}

function isQuick({ spec, kept }: Change): boolean {
  return kept === undefined && spec.kind === 'leaf' && !spec.keys.startsWith('rsa');
}
