import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Algorithm } from './algorithm.ts';
import { type EcAlgorithm, ecKey } from './ec.ts';
import type { KeySource } from './key.ts';
import { softwareKey } from './pem.ts';
import { rememberPair } from './spki.ts';

const generateRsa = promisify(generateKeyPair);

/**
 * Makes keys in this process, by OpenSSL. RSA keys that are asked for at once are made in parallel, one a core;
 * once the signal is aborted those that wait for their turn are not begun.
 */
export function softwareKeys({ signal }: { readonly signal?: AbortSignal | undefined } = {}): KeySource {
  const turn = turns(availableParallelism());
  return {
    make: async ({ algorithm }) => {
      signal?.throwIfAborted();
      if (algorithm === 'ecdsa-p256' || algorithm === 'ecdsa-p384') return ecKey(algorithm);
      const made = algorithm === 'ed25519' ? generateKeyPairSync(algorithm) : await turn(() => rsa(algorithm, signal));
      rememberPair(made, algorithm);
      return softwareKey({ algorithm, ...made });
    },
  };
}

/** Runs so many things at a time, in the order in which they were asked for. */
function turns(most: number): <T>(action: () => T | Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (action) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await action();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Without encodings, which take long; only RSA is worth the way to the thread pool. */
function rsa(algorithm: Exclude<Algorithm, EcAlgorithm | 'ed25519'>, signal: AbortSignal | undefined) {
  signal?.throwIfAborted();
  return generateRsa('rsa', { modulusLength: Number(algorithm.slice('rsa-'.length)) });
}
