import { sign } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PkiError } from '../error.ts';
import type { Key } from '../keys/key.ts';
import { spkiOfKey } from '../keys/spki.ts';
import type { Signer } from './certificate.ts';
import { signatureAlgorithmOf } from './x509/algorithm.ts';

const signInPool = promisify(sign);
type SignAtOnce = (tbs: Uint8Array) => Uint8Array;
/** Those of `softwareSigner`, and how one signs that need not be waited for. */
const software = new WeakMap<Signer, SignAtOnce | undefined>();

/** Signs in this process, by OpenSSL. @throws PkiError KEY_ABSENT for a key without its private half */
export function softwareSigner(key: Pick<Key, 'algorithm' | 'publicKey' | 'privateKey'>): Signer {
  const { algorithm, privateKey } = key;
  if (privateKey === undefined) {
    throw new PkiError('KEY_ABSENT', 'a key whose private half is not in this process cannot sign in it');
  }
  const { digest } = signatureAlgorithmOf(algorithm);
  const signing = { key: privateKey, dsaEncoding: 'der' } as const;
  // Only RSA takes longer than the way to the thread pool and back.
  const atOnce = algorithm.startsWith('rsa') ? undefined : (tbs: Uint8Array) => sign(digest, tbs, signing);
  const signer: Signer = Object.freeze({
    algorithm,
    publicKey: spkiOfKey(key),
    sign: async (tbs: Uint8Array) => {
      if (atOnce === undefined) return signInPool(digest, tbs, signing);
      // Who signs thousands, one after another, leaves the event loop to others between two.
      await setImmediate();
      return atOnce(tbs);
    },
  });
  software.set(signer, atOnce);
  return signer;
}

/** Whether a signer is of `softwareSigner`. */
export function isSoftware(signer: Signer): boolean {
  return software.has(signer);
}

/** How a signer of this process signs that need not be waited for. */
export function signAtOnce(signer: Signer): SignAtOnce | undefined {
  return software.get(signer);
}
