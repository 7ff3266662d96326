import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Algorithm } from './algorithm.ts';
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
  const make = (algorithm: Algorithm) => {
    signal?.throwIfAborted();
    return pair(algorithm);
  };
  return {
    make: async ({ algorithm }) => {
      const made = await (algorithm.startsWith('rsa') ? turn(() => make(algorithm)) : make(algorithm));
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

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** Without encodings, which would take longer than the key itself; only RSA is worth the way to the thread pool. */
function pair(algorithm: Algorithm): Pair | Promise<Pair> {
  switch (algorithm) {
    case 'ecdsa-p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ecdsa-p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    case 'rsa-2048':
    case 'rsa-3072':
    case 'rsa-4096':
      return generateRsa('rsa', { modulusLength: Number(algorithm.slice('rsa-'.length)) });
  }
}
