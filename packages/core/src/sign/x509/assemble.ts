import type { Algorithm } from '../../keys/algorithm.ts';
import { signatureAlgorithmOf } from './algorithm.ts';
import { encodeElement, tags } from './der.ts';

/** DER of a certificate out of what was signed, the signature and the signer's kind of key (RFC 5280 4.1.1). */
export function assemble(tbs: Uint8Array, signature: Uint8Array, signer: Algorithm): Uint8Array {
  const bits = encodeElement(tags.bitString, Uint8Array.of(0), signature);
  return encodeElement(tags.sequence, tbs, signatureAlgorithmOf(signer).der, bits);
}
