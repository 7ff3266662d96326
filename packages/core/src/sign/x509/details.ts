import type { Algorithm } from '../../keys/algorithm.ts';
import { rsaOf, spkiPrefixes } from '../../keys/spki.ts';
import type { Certificate } from '../certificate.ts';
import { signatureAlgorithms } from './algorithm.ts';
import { bitsOf, contentOf, DerError, dotted, elementsIn, onlyElement, tags } from './der.ts';
import { readConstraints, readKeyUsage, readUsages } from './extension-values.ts';
import { dottedOids, oids } from './oids.ts';
import { unreadable } from './parse.ts';
import { readName } from './read-name.ts';
import { type ReadSans, readSans } from './read-sans.ts';
import { type Structure, takeApart } from './structure.ts';

/** What a certificate says, in the terms of a template; what a template cannot say by its object identifier. */
export type Details = {
  /** In the order of the encoding; the types are `O`, `CN`, or an object identifier. */
  readonly subject: readonly { readonly type: string; readonly value: string }[];
  readonly authority: boolean;
  readonly pathLength: number | undefined;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly sans: ReadSans;
  readonly subjectKeyId: boolean;
  readonly authorityKeyId: boolean;
  /** The extensions that no template has, by their object identifiers. */
  readonly otherExtensions: readonly string[];
  /** Its name (`ecdsa-with-SHA256`), or its object identifier. */
  readonly signatureAlgorithm: string;
  /** The kind of its key; undefined for one that kubepki does not use. */
  readonly keys: Algorithm | undefined;
};

/** Whether a certificate may sign others: as an authority that, where it has key usages, has keyCertSign (RFC 5280 4.2.1.3). */
export function maySign({ authority, keyUsage }: Pick<Details, 'authority' | 'keyUsage'>): boolean {
  return authority && (keyUsage.length === 0 || keyUsage.includes('keyCertSign'));
}

/** What a certificate says, read from its DER. @throws PkiError CERTIFICATE_UNREADABLE where an extension is not DER */
export function describe(certificate: Certificate): Details {
  return told(certificate, () => detailsOf(certificate));
}

/** The kind of a certificate's key; undefined for one that kubepki does not use. @throws PkiError CERTIFICATE_UNREADABLE */
export function keysOf(certificate: Certificate): Algorithm | undefined {
  return told(certificate, () => algorithmOfSpki(certificate.publicKey));
}

function told<T>(certificate: Certificate, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof DerError) throw unreadable(`the certificate ${certificate.serial}`, error.message);
    throw error;
  }
}

function detailsOf(certificate: Certificate): Details {
  const structure = takeApart(certificate.der);
  const value = (oid: string) => structure.extensions.find((extension) => extension.oid === oid)?.value;
  const known: readonly string[] = Object.values(oids);
  const constraints = readConstraints(value(oids.basicConstraints));
  return {
    subject: readName(structure.subject),
    authority: constraints?.authority ?? false,
    pathLength: constraints?.pathLength,
    keyUsage: readKeyUsage(value(oids.keyUsage)) ?? [],
    extendedKeyUsage: readUsages(value(oids.extendedKeyUsage)) ?? [],
    sans: readSans(value(oids.subjectAltName)),
    subjectKeyId: certificate.subjectKeyId !== undefined,
    authorityKeyId: certificate.authorityKeyId !== undefined,
    otherExtensions: structure.extensions
      .filter(({ oid }) => !known.includes(oid))
      .map(({ oid }) => dotted(Buffer.from(oid, 'hex'))),
    signatureAlgorithm: signatureAlgorithmIn(structure),
    keys: algorithmOfSpki(structure.publicKey),
  };
}

function signatureAlgorithmIn({ algorithm }: Structure): string {
  const [oid] = elementsIn(algorithm, onlyElement(algorithm, tags.sequence));
  if (oid === undefined) throw new DerError('it has no signature algorithm');
  const text = dotted(contentOf(algorithm, oid));
  return signatureAlgorithms.find((known) => known.oid === text)?.name ?? text;
}

/** The kind of key that a SubjectPublicKeyInfo holds. @throws DerError */
export function algorithmOfSpki(spki: Uint8Array): Algorithm | undefined {
  const fixed = spkiPrefixes.find(
    ({ prefix, length }) => spki.length === length && prefix.equals(spki.subarray(0, prefix.length)),
  );
  if (fixed !== undefined) return fixed.algorithm;
  const [algorithm, key] = elementsIn(spki, onlyElement(spki, tags.sequence));
  const [oid] = algorithm === undefined ? [] : elementsIn(spki, algorithm);
  if (!key || !oid || dotted(contentOf(spki, oid)) !== dottedOids.rsa) return undefined;
  const rsa = bitsOf(spki, key);
  const [modulus] = elementsIn(rsa, onlyElement(rsa, tags.sequence));
  return modulus === undefined ? undefined : rsaOf(hexBits(contentOf(rsa, modulus)));
}

function hexBits(bytes: Uint8Array): number {
  return BigInt(hex(bytes)).toString(2).length;
}

function hex(bytes: Uint8Array): string {
  return `0x0${Buffer.from(bytes).toString('hex')}`;
}
