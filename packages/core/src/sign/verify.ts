import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { signatureAlgorithms } from './x509/algorithm.ts';
import { takeApart } from './x509/structure.ts';

const publicKeys = new WeakMap<Uint8Array, KeyObject>();

/**
 * Whether a certificate's signature was made with a key, given as DER of its SubjectPublicKeyInfo. A signature over
 * SHA-1, or of an algorithm that does not fit the key, was not.
 */
export function signatureIsBy(certificate: Certificate, publicKey: Uint8Array): boolean {
  const { tbs, algorithm, signature } = takeApart(certificate.der);
  const known = signatureAlgorithms.find(({ der }) => Buffer.compare(der, algorithm) === 0);
  if (known === undefined) return false;
  try {
    return verify(known.digest, tbs, keyObject(publicKey), signature);
  } catch {
    return false;
  }
}

/** Reading a key takes longer than verifying with it, and an issuer's is read for each certificate of it. */
function keyObject(publicKey: Uint8Array): KeyObject {
  const known = publicKeys.get(publicKey);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  publicKeys.set(publicKey, key);
  return key;
}
