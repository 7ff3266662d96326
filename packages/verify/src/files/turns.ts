import { setImmediate } from 'node:timers/promises';

/** So much is done before others, such as a signal to stop, have their turn. */
const most = 200;

/** Lets others have their turn now and then, and throws once the signal is aborted. */
export function turns(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let count = 0;
  return () => {
    signal?.throwIfAborted();
    count += 1;
    return count % most === 0 ? setImmediate() : undefined;
  };
}
