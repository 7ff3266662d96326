import { hash } from 'node:crypto';
import { PkiError } from '../../error.ts';
import { readPem } from '../../keys/pem-block.ts';
import type { Certificate } from '../certificate.ts';
import { contentOf, DerError, elementsIn, onlyElement, tags } from './der.ts';
import { oids } from './oids.ts';
import { type Extension, takeApart } from './structure.ts';

/** Bytes of DER, and characters of PEM. */
export const largest = 64 * 1024;

/**
 * Reads a certificate from DER or from a PEM text; of several in a text the first, as kubeadm does
 * (util/pkiutil/pki_helpers.go). The bytes are copied.
 * @param where the file or id that an error names
 * @throws PkiError CERTIFICATE_UNREADABLE, for one that is not DER too
 */
export function parseCertificate(derOrPem: Uint8Array | string, where: string): Certificate {
  if (derOrPem.length > largest) throw unreadable(where, `it is larger than ${largest} bytes`);
  const der = typeof derOrPem === 'string' ? derIn(derOrPem, where) : new Uint8Array(derOrPem);
  try {
    return certificateOf(der);
  } catch (error) {
    if (error instanceof DerError) throw unreadable(where, error.message);
    throw error;
  }
}

function derIn(pem: string, where: string): Uint8Array {
  const block = readPem(pem).find(({ label }) => label === 'CERTIFICATE');
  if (block === undefined) throw unreadable(where, 'it holds no certificate in PEM');
  return block.der;
}

function certificateOf(der: Uint8Array): Certificate {
  const { extensions, ...fields } = takeApart(der);
  return certificateWith(der, {
    ...fields,
    subjectKeyId: subjectKeyIdIn(extensions),
    authorityKeyId: authorityKeyIdIn(extensions),
  });
}

/** What a certificate tells of its bytes. */
export type Fields = Omit<Certificate, 'der' | 'serial' | 'fingerprint'> & {
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
};

/** The certificate of bytes that were read. @throws DerError for a serial number that is not positive */
export function certificateWith(der: Uint8Array, fields: Fields): Certificate {
  const { serial, subject, issuer, notBefore, notAfter, publicKey, subjectKeyId, authorityKeyId } = fields;
  return {
    der,
    serial: serialOf(serial),
    subject,
    issuer,
    notBefore,
    notAfter,
    publicKey,
    subjectKeyId,
    authorityKeyId,
    fingerprint: hash('sha256', der),
  };
}

/** Go has refused negative serial numbers since 1.23, so Kubernetes could not read the certificate either. */
function serialOf(content: Uint8Array): string {
  if (content.length === 0 || (content[0] ?? 0) >= 0x80) throw new DerError('its serial number is not positive');
  return Buffer.from(content)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

function subjectKeyIdIn(extensions: readonly Extension[]): Uint8Array | undefined {
  const value = extensions.find(({ oid }) => oid === oids.subjectKeyId)?.value;
  return value === undefined ? undefined : contentOf(value, onlyElement(value, tags.octetString));
}

/** The form with the issuer's name and serial number has no key identifier. */
function authorityKeyIdIn(extensions: readonly Extension[]): Uint8Array | undefined {
  const value = extensions.find(({ oid }) => oid === oids.authorityKeyId)?.value;
  if (value === undefined) return undefined;
  const keyId = elementsIn(value, onlyElement(value, tags.sequence)).find(({ tag }) => tag === 0x80);
  return keyId === undefined ? undefined : contentOf(value, keyId);
}

/** The error for a certificate that cannot be read. */
export function unreadable(where: string, problem: string): PkiError {
  return new PkiError('CERTIFICATE_UNREADABLE', `${where}: the certificate cannot be read: ${problem}`);
}
