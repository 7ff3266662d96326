import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithm.ts';
import type { Key } from './key.ts';

/** DER of a SubjectPublicKeyInfo up to the point or the raw key (RFC 5480 2, RFC 8410 4). */
export const spkiPrefixes: readonly {
  readonly algorithm: Algorithm;
  readonly prefix: Buffer;
  readonly length: number;
}[] = [
  { algorithm: 'ecdsa-p256', prefix: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'), length: 91 },
  { algorithm: 'ecdsa-p384', prefix: fromHex('3076301006072a8648ce3d020106052b81040022036200'), length: 120 },
  { algorithm: 'ed25519', prefix: fromHex('302a300506032b6570032100'), length: 44 },
];

type Known = { readonly algorithm: Algorithm; readonly spki: Uint8Array };

const generated = new WeakMap<KeyObject, Known>();

/**
 * Keeps what a generated pair of keys is, so that Node is not asked for it. On Node 20 a look at the details or
 * the JWK of such a key holds a lock that garbage collection of its generation wants too, and now and then the
 * process hangs for ever (node src/crypto/crypto_keygen.h, ~KeyPairGenConfig). An export as DER holds none.
 */
export function rememberPair(
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  algorithm: Algorithm,
): void {
  const known = { algorithm, spki: plain(publicKey.export({ type: 'spki', format: 'der' })) };
  generated.set(publicKey, known);
  generated.set(privateKey, known);
}

const own = Symbol('spki');

/**
 * A key that keeps its SubjectPublicKeyInfo, so that its `publicKey` need not be made to get it. A copy of the key does
 * not keep it, as it may have another `publicKey`.
 */
export function withSpki(key: Key, spki: Uint8Array): Key {
  return Object.defineProperty(key, own, { value: spki });
}

/** DER of a key's SubjectPublicKeyInfo. @throws TypeError as `spkiOf` does */
export function spkiOfKey(key: Pick<Key, 'publicKey'> & { readonly [own]?: Uint8Array }): Uint8Array {
  return key[own] ?? spkiOf(key.publicKey);
}

/**
 * DER of a public key's SubjectPublicKeyInfo, with a named curve and an uncompressed point.
 * @throws TypeError where the key is not a public one of a kind that kubepki knows
 */
export function spkiOf(publicKey: KeyObject): Uint8Array {
  const known = publicKey.type === 'public' ? generated.get(publicKey)?.spki : undefined;
  if (known !== undefined) return known;
  const algorithm = algorithmOf(publicKey);
  if (publicKey.type !== 'public' || algorithm === undefined) throw new TypeError('not a public key of a known kind');
  const fixed = spkiPrefixes.find((candidate) => candidate.algorithm === algorithm);
  if (fixed === undefined) return plain(publicKey.export({ type: 'spki', format: 'der' }));
  // An export as SPKI takes 60 to 110 µs, the same bytes by way of the JWK 6.
  const { x = '', y } = publicKey.export({ format: 'jwk' });
  const point = y === undefined ? [fromBase64(x)] : [Buffer.of(4), fromBase64(x), fromBase64(y)];
  return plain(Buffer.concat([fixed.prefix, ...point], fixed.length));
}

/**
 * The kind of a key, public or private; undefined for one that kubepki does not use. An RSA key between two
 * kinds counts as the smaller, one of less than 2048 bits as none.
 */
export function algorithmOf(key: KeyObject): Algorithm | undefined {
  const known = generated.get(key)?.algorithm;
  if (known !== undefined) return known;
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return rsaOf(modulusLength ?? 0);
  if (key.asymmetricKeyType !== 'ec') return undefined;
  if (namedCurve === 'prime256v1') return 'ecdsa-p256';
  return namedCurve === 'secp384r1' ? 'ecdsa-p384' : undefined;
}

/** The kind of an RSA key by its modulus, in bits. */
export function rsaOf(bits: number): Algorithm | undefined {
  if (bits >= 4096) return 'rsa-4096';
  if (bits >= 3072) return 'rsa-3072';
  return bits >= 2048 ? 'rsa-2048' : undefined;
}

function fromHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function plain(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes);
}
