import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import { PkiError } from '../error.ts';
import type { Key } from '../keys/key.ts';
import { spkiOfKey } from '../keys/spki.ts';
import type { Signer } from './certificate.ts';
import { signatureAlgorithmOf } from './x509/algorithm.ts';

const signInPool = promisify(sign);
const software = new WeakSet<Signer>();

/** Signs in this process, by OpenSSL. @throws PkiError KEY_ABSENT for a key without its private half */
export function softwareSigner(key: Pick<Key, 'algorithm' | 'publicKey' | 'privateKey'>): Signer {
  const { algorithm, privateKey } = key;
  if (privateKey === undefined) {
    throw new PkiError('KEY_ABSENT', 'a key whose private half is not in this process cannot sign in it');
  }
  const { digest } = signatureAlgorithmOf(algorithm);
  const signing = { key: privateKey, dsaEncoding: 'der' } as const;
  const signer: Signer = Object.freeze({
    algorithm,
    publicKey: spkiOfKey(key),
    // Only RSA takes longer than the way to the thread pool and back.
    sign: algorithm.startsWith('rsa')
      ? (tbs: Uint8Array) => signInPool(digest, tbs, signing)
      : async (tbs: Uint8Array) => {
          await turn();
          return sign(digest, tbs, signing);
        },
  });
  software.add(signer);
  return signer;
}

let next: Promise<void> | undefined;

/**
 * Waits until nobody goes on at once, so that those who wait together sign in a row: OpenSSL then takes two thirds of
 * the time that it takes between other work, whose code and data push its own out of the processor's caches.
 */
function turn(): Promise<void> {
  next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = undefined;
      resolve();
    });
  });
  return next;
}

/** Whether a signer is of `softwareSigner`. */
export function isSoftware(signer: Signer): boolean {
  return software.has(signer);
}
