import { readPem, writePem } from '../../keys/pem-block.ts';
import type { Certificate } from '../certificate.ts';
import { parseCertificate, unreadable } from './parse.ts';

/** Characters; a distribution's whole store of roots is about 220,000. */
const largest = 1024 * 1024;

/** PEM of a certificate's DER: `CERTIFICATE`, with a newline at its end. */
export function certificatePem(der: Uint8Array): string {
  return writePem('CERTIFICATE', der);
}

/**
 * The certificates of a PEM text in their order, blocks of other kinds skipped; none is no error.
 * @param where the file or id that an error names
 * @throws PkiError CERTIFICATE_UNREADABLE
 */
export function parseCertificates(pem: string, where: string): readonly Certificate[] {
  if (pem.length > largest) throw unreadable(where, `the text is larger than ${largest} characters`);
  return certificateBlocks(pem).map((der) => parseCertificate(der, where));
}

/**
 * The bytes of the certificates of a PEM text in their order, unread; blocks of other kinds are skipped. One whose
 * base64 is broken has no bytes.
 */
export function certificateBlocks(pem: string): readonly Uint8Array[] {
  return readPem(pem)
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ der }) => der);
}
