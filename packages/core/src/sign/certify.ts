import { PkiError } from '../error.ts';
import type { Certificate, Signer, Template, Values } from './certificate.ts';
import { isSoftware } from './signer.ts';
import { signatureIsBy } from './verify.ts';
import { assemble } from './x509/assemble.ts';
import { parseCertificate } from './x509/parse.ts';
import { takeApart } from './x509/structure.ts';

const proven = new WeakSet<Signer>();

/**
 * Has a certificate signed. The only caller of a signer: what is to hold for every certificate is checked here.
 * The signature is verified, but of a software signer only the first one, since that takes longer than making it.
 * @throws PkiError SIGNER_FAILED where the certificate is not the one that was to be signed, or its signature not good
 */
export async function certify(request: {
  readonly template: Template;
  readonly values: Omit<Values, 'signer'>;
  readonly signer: Signer;
}): Promise<Certificate> {
  const { template, values, signer } = request;
  const { encodeTbs } = await encoder();
  const tbs = encodeTbs(template, { ...values, signer: signer.algorithm });
  const der = assemble(tbs, await signer.sign(tbs), signer.algorithm);
  const certificate = parseCertificate(der, nameOf(template));
  if (Buffer.compare(takeApart(der).tbs, tbs) !== 0 || Buffer.compare(certificate.publicKey, values.publicKey) !== 0) {
    throw failed(template, 'is not the one that was to be signed');
  }
  if (!isSoftware(signer) || !proven.has(signer)) {
    if (!signatureIsBy(certificate, signer.publicKey)) throw failed(template, "does not verify with the signer's key");
    proven.add(signer);
  }
  return certificate;
}

let loading: Promise<typeof import('./x509/encode.ts')> | undefined;

/** pkijs takes 70 ms to load, which a run that signs nothing is spared. An `import()` is slow also the second time. */
function encoder(): NonNullable<typeof loading> {
  loading ??= import('./x509/encode.ts');
  return loading;
}

function failed(template: Template, problem: string): PkiError {
  return new PkiError('SIGNER_FAILED', `${nameOf(template)}: the signed certificate ${problem}`, {
    fault: 'system',
    hint: 'the signer is broken, or its public key is of another key; an ECDSA signature must be in DER',
  });
}

function nameOf({ subject }: Template): string {
  return subject.find(({ type }) => type === 'CN')?.value ?? 'a certificate';
}
