import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Reason } from './attempt.ts';

/** OpenSSL's codes for a certificate that it refuses, as Node names them (node deps/ncrypto). */
const reasons: Readonly<Record<string, Reason>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'early',
  INVALID_PURPOSE: 'usage',
  UNABLE_TO_GET_ISSUER_CERT: 'authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'authority',
  CERT_SIGNATURE_FAILURE: 'authority',
  CERT_UNTRUSTED: 'authority',
};

/** Why OpenSSL refuses a certificate. */
export function reasonOf(code: string): Reason {
  return reasons[code] ?? 'other';
}

/** Whether a certificate is for a host. As in Go, a common name is no host. */
export function isCertificateFor(certificate: X509Certificate, host: string): boolean {
  const found = isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host, { subject: 'never' });
  return found !== undefined;
}
