import { rsaOf, spkiPrefixes } from '../../keys/spki.ts';
import { holdsAt } from './bytes.ts';
import { checkCanonical } from './canonical.ts';
import { bitsOf, contentOf, elementsIn, onlyElement, tags, whole } from './der.ts';

/** rsaEncryption with NULL (RFC 3279 2.3.1). */
const rsa = Buffer.from('300d06092a864886f70d0101010500', 'hex');
/** P-521, which Kubernetes reads though kubepki makes no such key (RFC 5480 2.1.1.1). */
const p521 = Buffer.from('30819b301006072a8648ce3d020106052b810400230381860004', 'hex');

export type KeyKind = 'rsa' | 'ec' | 'ed25519';

/**
 * The kind of the key in a SubjectPublicKeyInfo whose identifier is byte for byte that of the RFC, and whose bits
 * are a key of that kind; undefined for any other. @throws DerError
 */
export function keyKindOf(spki: Uint8Array): KeyKind | undefined {
  for (const { algorithm, prefix, length } of spkiPrefixes) {
    if (spki.length !== length || !holdsAt(spki, 0, prefix)) continue;
    if (algorithm === 'ed25519') return 'ed25519';
    return spki[prefix.length] === 4 ? 'ec' : undefined;
  }
  if (spki.length === 158 && holdsAt(spki, 0, p521)) return 'ec';
  const [identifier, bits, ...more] = elementsIn(spki, onlyElement(spki, tags.sequence));
  if (!identifier || !bits || more.length > 0 || Buffer.compare(whole(spki, identifier), rsa) !== 0) return undefined;
  return isRsa(bitsOf(spki, bits)) ? 'rsa' : undefined;
}

/** An odd modulus of 2048 bits at least, and an odd exponent of 3 or more (RFC 8017 3.1). */
function isRsa(key: Uint8Array): boolean {
  checkCanonical(key);
  const [modulus, exponent, ...more] = elementsIn(key, onlyElement(key, tags.sequence));
  if (modulus?.tag !== tags.integer || exponent?.tag !== tags.integer || more.length > 0) return false;
  const [m, e] = [contentOf(key, modulus), contentOf(key, exponent)];
  const bits = m[0] === 0 ? (m.length - 1) * 8 - Math.clz32(m[1] ?? 0) + 24 : m.length * 8 - Math.clz32(m[0] ?? 0) + 24;
  const last = e.at(-1) ?? 0;
  const odd = ((m.at(-1) ?? 0) & last & 1) === 1;
  const positive = (m[0] ?? 0xff) < 0x80 && (e[0] ?? 0xff) < 0x80;
  return positive && odd && rsaOf(bits) !== undefined && !(e.length === 1 && last < 3);
}
