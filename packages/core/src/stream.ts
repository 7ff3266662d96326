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

/**
 * Runs a function over what a source yields, at most `window` at a time, and yields the results in the
 * source's order. When the reader stops early, what was started runs out unseen.
 */
export async function* ordered<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  { window, run }: { readonly window: number; run(item: T): Promise<R> },
): AsyncGenerator<R> {
  const started: Promise<Settled<R>>[] = [];
  for await (const item of source) {
    started.push(settled(run(item)));
    if (started.length >= window) yield outcome(await (started.shift() as Promise<Settled<R>>));
  }
  for (const one of started) yield outcome(await one);
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
