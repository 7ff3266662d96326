import { randomBytes } from 'node:crypto';
import { softwareKeys } from '../keys/index.ts';
import type { Certificate, Encode, Signer, Template } from '../sign/certificate.ts';
import { type Issuer, localIssuer, selfSigned, softwareSigner } from '../sign/index.ts';

/** An authority that counts what its key signs. */
export type CountingAuthority = {
  readonly certificate: Certificate;
  /** It as an issuer, whose bytes somebody else may write. */
  issuer(encode?: Encode): Issuer;
  uses(): number;
};

export async function countingAuthority(template: Template, now: Date): Promise<CountingAuthority> {
  const key = await softwareKeys().make({ id: 'ca', algorithm: 'ecdsa-p256' });
  const { certificate } = await selfSigned({ template, key, now, random: randomBytes });
  const real = softwareSigner(key);
  let uses = 0;
  const signer: Signer = {
    ...real,
    sign(tbs) {
      uses += 1;
      return real.sign(tbs);
    },
  };
  return {
    certificate,
    issuer: (encode) => localIssuer({ certificate, signer, ...(encode ? { encode } : {}) }),
    uses: () => uses,
  };
}
