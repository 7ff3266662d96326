import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { PkiError } from '../error.ts';
import { elementsIn, onlyElement, tags } from '../sign/x509/der.ts';
import type { Key } from './key.ts';
import { type PemBlock, readPem, writePem } from './pem-block.ts';
import { Secret } from './secret.ts';
import { algorithmOf, spkiOf } from './spki.ts';

/** Characters; the largest key that is read, RSA-8192, has about 6,400. */
const largest = 16 * 1024;

const types: Readonly<Record<string, 'sec1' | 'pkcs1' | 'pkcs8'>> = {
  'EC PRIVATE KEY': 'sec1',
  'RSA PRIVATE KEY': 'pkcs1',
  'PRIVATE KEY': 'pkcs8',
};

/** What stands behind the version: the scalar (RFC 5915 3), the modulus (RFC 8017 A.1.2), the algorithm (RFC 5958 2). */
const seconds = { sec1: tags.octetString, pkcs1: tags.integer, pkcs8: tags.sequence } as const;

/** The object identifiers of P-256 and P-384 in DER. */
const curves = [Buffer.from('06082a8648ce3d030107', 'hex'), Buffer.from('06052b81040022', 'hex')];

/** PEM of a private key in the form that client-go writes (util/keyutil/key.go): SEC1, PKCS#1, or PKCS#8 for Ed25519. */
export function privatePem(privateKey: KeyObject): string {
  const kind = privateKey.asymmetricKeyType;
  const type = kind === 'ec' ? 'sec1' : kind === 'rsa' ? 'pkcs1' : 'pkcs8';
  return privateKey.export({ type, format: 'pem' }).toString();
}

/** PEM of a public key: `PUBLIC KEY`, a SubjectPublicKeyInfo. */
export function publicPem(publicKey: KeyObject): string {
  return writePem('PUBLIC KEY', spkiOf(publicKey));
}

/**
 * A key from the PEM of its private half: SEC1, PKCS#1 or PKCS#8, unencrypted. Other blocks beside it are skipped
 * (`EC PARAMETERS`, and the certificates of a kubelet's file).
 * @param where the file or id that an error names
 * @throws PkiError KEY_UNREADABLE; it never holds any of the text
 */
export function keyFromPrivatePem(pem: string, where: string): Key {
  if (pem.length > largest) throw unreadable(where, `is larger than ${largest} characters`);
  const blocks = readPem(pem).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const [block] = blocks;
  if (block === undefined) throw unreadable(where, 'holds no private key in PEM');
  if (blocks.length > 1) throw unreadable(where, `holds ${blocks.length} private keys instead of one`);
  if (block.encrypted) {
    throw unreadable(where, 'is encrypted', 'Kubernetes reads no encrypted key: decrypt it with `openssl pkey`');
  }
  return keyFrom(privateKeyFrom(block, where), { der: block.der, where });
}

function privateKeyFrom({ label, der }: PemBlock, where: string): KeyObject {
  const type = types[label];
  if (type === undefined) throw unreadable(where, 'has an unknown label', `known are ${Object.keys(types).join(', ')}`);
  try {
    // OpenSSL 3.5 reads whatever a block holds, but Go what its label says.
    if (elementsIn(der, onlyElement(der, tags.sequence))[1]?.tag !== seconds[type]) throw new TypeError(type);
    // Out of DER OpenSSL reads SEC1 and PKCS#1 three times as fast as out of PEM.
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type });
  } catch {
    throw unreadable(where, `is not a sound ${label}`);
  }
}

function keyFrom(privateKey: KeyObject, { der, where }: { readonly der: Uint8Array; readonly where: string }): Key {
  const algorithm = algorithmOf(privateKey);
  if (algorithm === undefined) {
    throw unreadable(where, 'is of an unsupported kind', 'ECDSA P-256 or P-384, RSA from 2048 bits on, or Ed25519');
  }
  if (algorithm.startsWith('ecdsa') && !curves.some((curve) => Buffer.from(der).includes(curve))) {
    throw unreadable(where, 'spells its curve out', 'Go reads named curves only: `openssl ec -param_enc named_curve`');
  }
  return softwareKey({ algorithm, privateKey, publicKey: createPublicKey(privateKey) });
}

/** A key whose private half is in this process. Its PEM is made at each `reveal`, and kept nowhere. */
export function softwareKey({ algorithm, publicKey, privateKey }: Omit<Required<Key>, 'secret'>): Key {
  return { algorithm, publicKey, privateKey, secret: new Secret(() => privatePem(privateKey)) };
}

function unreadable(where: string, problem: string, hint?: string): PkiError {
  return new PkiError('KEY_UNREADABLE', `${where}: the private key ${problem}`, { hint });
}
