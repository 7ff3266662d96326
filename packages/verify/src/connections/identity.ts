import type { X509Certificate } from 'node:crypto';
import { describe, parseCertificate } from '@kubepki/core';
import { bounded } from './bounded.ts';

/** Whom Kubernetes takes the holder of a certificate for (kubernetes apiserver pkg/authentication/request/x509). */
export type Identity = { readonly name: string; readonly groups: readonly string[] };

/** Reads identities from certificates' DER. @throws PkiError CERTIFICATE_UNREADABLE */
export function identities(): (certificate: X509Certificate) => Identity {
  const known = bounded<Identity>(1024);
  return (certificate) => known(certificate.fingerprint256, () => read(certificate));
}

function read(certificate: X509Certificate): Identity {
  const { subject } = describe(parseCertificate(certificate.raw, 'the certificate that was presented'));
  const values = (wanted: string) => subject.filter(({ type }) => type === wanted).map(({ value }) => value);
  // Of several common names Go takes the last.
  return { name: values('CN').at(-1) ?? '', groups: values('O') };
}
