import { type Credential, certificatePem, PkiError } from '@kubepki/core';
import { pemOf } from './pem.ts';

/** Options for either side of TLS, as `node:tls` and `node:https` take them. */
export type TlsOptions = {
  readonly cert: string;
  readonly key: string;
  readonly ca: string[];
  /** For a server: whether it asks its clients for certificates. */
  readonly requestCert: boolean;
  readonly rejectUnauthorized: true;
  /** As in Go, an authority that another one signed can be trusted by itself; Node's servers do not heed it. */
  readonly allowPartialTrustChain: true;
};

/**
 * What one side of a TLS connection presents, and whom it trusts. A server that trusts nobody asks for no certificate.
 * @throws PkiError PART_ABSENT where the credential has no certificate or no private key
 */
export function tlsOptions(
  credential: Credential,
  { trust }: { readonly trust: readonly Pick<Credential, 'certificate' | 'spec'>[] },
): TlsOptions {
  return {
    cert: pemOf(credential, 'certificate'),
    key: pemOf(credential, 'key'),
    ca: trust.map(anchor),
    requestCert: trust.length > 0,
    rejectUnauthorized: true,
    allowPartialTrustChain: true,
  };
}

function anchor({ certificate, spec }: Pick<Credential, 'certificate' | 'spec'>): string {
  if (certificate !== undefined) return certificatePem(certificate.der);
  throw new PkiError('PART_ABSENT', `${spec.id} has no certificate, and cannot be trusted`);
}
