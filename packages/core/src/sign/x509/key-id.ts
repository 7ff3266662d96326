import { hash } from 'node:crypto';
import { bitsOf, elementsIn, onlyElement, tags } from './der.ts';

/** A key's identifier by RFC 7093, method 1: the first 160 bits of SHA-256 over the key's bits. Go does so since 1.25. */
export function keyIdOf(spki: Uint8Array): Uint8Array {
  const [, key] = elementsIn(spki, onlyElement(spki, tags.sequence));
  if (key === undefined) throw new TypeError('not a SubjectPublicKeyInfo');
  return new Uint8Array(Buffer.from(hash('sha256', bitsOf(spki, key)).slice(0, 40), 'hex'));
}
