import type { ExtendedKeyUsage } from '../certificate.ts';

/** The contents of the object identifiers of extensions (RFC 5280 4.2.1), in hexadecimal. */
export const oids = {
  subjectKeyId: '551d0e',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  authorityKeyId: '551d23',
  extendedKeyUsage: '551d25',
} as const;

/** The same, and those of names, in the dotted form. */
export const dottedOids = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  O: '2.5.4.10',
  CN: '2.5.4.3',
  rsa: '1.2.840.113549.1.1.1',
} as const;

export const extendedKeyUsageOids: Readonly<Record<ExtendedKeyUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};
