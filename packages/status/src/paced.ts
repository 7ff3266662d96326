import { setImmediate } from 'node:timers/promises';

/** So many items are worked at before others, such as signals, have their turn. */
const turn = 50;

/** Items one after the other, with turns for others between them. @throws the signal's reason where it is aborted */
export async function* paced<T>(items: Iterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  let count = 0;
  for (const item of items) {
    if (count % turn === 0) await setImmediate();
    signal?.throwIfAborted();
    count += 1;
    yield item;
  }
}
