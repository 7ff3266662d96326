/** A promise's outcome, so that one that fails while nobody waits for it is no unhandled rejection. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** The outcome of a promise, however it ends. */
export function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** What a promise gave. @throws what it was rejected with */
export function outcome<T>(of: Settled<T>): T {
  if ('error' in of) throw of.error;
  return of.value;
}

/** What an action makes of each value, or throws; an error stays where it is. */
export function onward<T, R>(
  all: readonly Settled<T>[],
  action: (value: T, index: number) => R,
): readonly Settled<R>[] {
  return all.map((one, index) => {
    if ('error' in one) return one;
    try {
      return { value: action(one.value, index) };
    } catch (error) {
      return { error };
    }
  });
}

/**
 * Runs a function over what a source yields and yields the results in the source's order: so many at a time that
 * their sizes come to `window`, and one of them at least. When the reader stops early, what was started runs out unseen.
 */
export async function* ordered<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  { window, size = () => 1, run }: { readonly window: number; size?(item: T): number; run(item: T): Promise<R> },
): AsyncGenerator<R> {
  const started: { readonly result: Promise<Settled<R>>; readonly size: number }[] = [];
  let running = 0;
  for await (const item of source) {
    started.push({ result: settled(run(item)), size: size(item) });
    running += size(item);
    for (let first = started[0]; first !== undefined && running >= window; first = started[0]) {
      yield outcome(await first.result);
      started.shift();
      running -= first.size;
    }
  }
  for (const { result } of started) yield outcome(await result);
}

/** Passes items on until the signal is aborted; then it throws at once, and what is under way runs out unseen. */
export async function* stoppable<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let stop = () => {};
  const onAbort = () => stop();
  signal?.addEventListener('abort', onAbort);
  try {
    while (true) {
      signal?.throwIfAborted();
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        stop = () => reject(signal?.reason);
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    const ended = iterator.return?.();
    if (signal?.aborted) ended?.catch(() => {});
    else await ended;
  }
}
