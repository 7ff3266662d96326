/**
 * Runs a function over items, at most `window` at a time, and yields the results in the items' order. What was started
 * runs out unseen when the reader stops early.
 */
export async function* ordered<T, R>(
  items: Iterable<T>,
  { window, run }: { readonly window: number; run(item: T): Promise<R> },
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    const result = run(item);
    // Whoever waits for it is told all the same.
    result.catch(() => {});
    started.push(result);
    if (started.length >= window) yield (await started.shift()) as R;
  }
  for (const result of started) yield await result;
}
