import { type Credential, certificatePem, type Holding, PkiError, publicPem } from '@kubepki/core';

/**
 * The PEM of a part of a credential: the certificate with its chain, the private key or the public one.
 * @throws PkiError PART_ABSENT where the credential does not have it
 */
export function pemOf({ spec, certificate, chain = [], key }: Credential, part: Holding['part']): string {
  const pem = {
    certificate: () => certificate && [certificate, ...chain].map(({ der }) => certificatePem(der)).join(''),
    key: () => key?.secret?.reveal(),
    public: () => key && publicPem(key.publicKey),
  }[part]();
  if (pem !== undefined) return pem;
  throw new PkiError('PART_ABSENT', `${spec.id} has no ${part}`);
}
