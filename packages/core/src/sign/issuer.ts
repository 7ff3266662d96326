import { PkiError } from '../error.ts';
import type { Key } from '../keys/key.ts';
import { spkiOfKey } from '../keys/spki.ts';
import type { Certificate, Encode, Signer, Template } from './certificate.ts';
import { type CertifyRequest, certify } from './certify.ts';
import { instants } from './instants.ts';
import { makeSerial, type Random } from './serial.ts';
import { softwareSigner } from './signer.ts';
import { signatureIsBy } from './verify.ts';
import { type Details, describe, maySign } from './x509/details.ts';

/** What is to be certified: of the key the public half, and the moment and the randomness of the making. */
export type IssueRequest<K = Pick<Key, 'publicKey'>> = {
  readonly template: Template;
  readonly key: K;
  readonly now: Date;
  readonly random: Random;
  /** What an error calls it: its id. Without one its common name. */
  readonly name?: string;
  /** An authority's certificate that this one takes the place of: name and key identifier stay as they are in it. */
  readonly again?: Pick<Certificate, 'subject' | 'subjectKeyId'>;
};

/** A certificate that was made. `cut`: it ends earlier than it was to, with its issuer. */
export type Issued = { readonly certificate: Certificate; readonly cut: boolean };

/** An authority that answers requests. */
export type Issuer = {
  readonly certificate: Certificate;
  /** @throws PkiError AUTHORITY_EXPIRED, or LINT_FAILED before anything is signed */
  issue(request: IssueRequest): Promise<Issued>;
};

/** An authority in this process. */
export type LocalAuthority = {
  readonly certificate: Certificate;
  readonly signer: Signer;
  /** Writes the bytes to be signed; kubepki's own where it is missing. They are checked before they are signed. */
  readonly encode?: Encode;
};

/**
 * The issuer whose certificate and signer are both at hand.
 * @throws PkiError AUTHORITY_UNUSABLE where the certificate is no authority's, AUTHORITY_KEY_MISMATCH where the
 * signer's key is not the certificate's
 */
export function localIssuer(authority: LocalAuthority): Issuer {
  const { certificate, ask } = ownIssuer(authority);
  return {
    certificate,
    issue: async (request) => {
      const { asked, cut } = ask(request);
      return { certificate: await certify(asked), cut };
    },
  };
}

/** An authority of this process, which tells what it would have signed. */
export type OwnIssuer = {
  readonly certificate: Certificate;
  /** @throws PkiError as `issue` does */
  ask(request: IssueRequest): { readonly asked: CertifyRequest; readonly cut: boolean };
};

/** @throws PkiError as `localIssuer` does */
export function ownIssuer({ certificate, signer, encode }: LocalAuthority): OwnIssuer {
  const details = describe(certificate);
  checkAuthority(details);
  if (Buffer.compare(certificate.publicKey, signer.publicKey) !== 0) {
    throw new PkiError('AUTHORITY_KEY_MISMATCH', `${nameOf(details)}: its key does not belong to its certificate`, {
      hint: 'one of the two is of another authority',
    });
  }
  const issuer = { subject: certificate.subject, keyId: certificate.subjectKeyId };
  return {
    certificate,
    ask: ({ template, key, now, random, name, again }) => {
      checkDepth(template, details);
      const { cut, notBefore, notAfter } = instants(template.life, { now, issuer: certificate });
      const serial = makeSerial(template.serialBits, random);
      const plain = { serial, notBefore, notAfter, publicKey: spkiOfKey(key), issuer };
      const values = again === undefined ? plain : { ...plain, again };
      return { asked: { template, values, signer, issuer: certificate, name, encode }, cut };
    },
  };
}

/** A certificate that signs itself. @throws PkiError KEY_ABSENT where the private half is not in this process */
export async function selfSigned(
  request: IssueRequest<Pick<Key, 'algorithm' | 'publicKey' | 'privateKey'>>,
): Promise<Issued> {
  const { template, key, now, random, name, again } = request;
  const signer = softwareSigner(key);
  const { cut, ...span } = instants(template.life, { now });
  const serial = makeSerial(template.serialBits, random);
  const values = { ...span, serial, publicKey: signer.publicKey, ...(again ? { again } : {}) };
  return { certificate: await certify({ template, values, signer, name }), cut };
}

/** Whether one certificate was issued by another: by its name, by the key identifiers where both have one, and signed. */
export function issuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { authorityKeyId } = certificate;
  const { subjectKeyId } = issuer;
  if (Buffer.compare(certificate.issuer, issuer.subject) !== 0) return false;
  if (authorityKeyId && subjectKeyId && Buffer.compare(authorityKeyId, subjectKeyId) !== 0) return false;
  return signatureIsBy(certificate, issuer.publicKey);
}

/** Whether a key is the one that a certificate is for. */
export function sameKey(key: Pick<Key, 'publicKey'>, certificate: Certificate): boolean {
  return Buffer.compare(spkiOfKey(key), certificate.publicKey) === 0;
}

function checkAuthority(details: Details): void {
  if (maySign(details)) return;
  throw new PkiError('AUTHORITY_UNUSABLE', `${nameOf(details)}: the certificate may not sign others`, {
    hint: 'it needs the basic constraint CA and, where it has key usages, keyCertSign',
  });
}

/** RFC 5280 4.2.1.9: the path length says how many authorities may follow. */
function checkDepth(template: Template, issuer: Details): void {
  if (!template.authority || issuer.pathLength === undefined) return;
  if (issuer.pathLength > (template.pathLength ?? 0)) return;
  throw new PkiError('AUTHORITY_UNUSABLE', `${nameOf(issuer)}: its path length of ${issuer.pathLength} is too short`);
}

function nameOf({ subject }: Details): string {
  return subject.find(({ type }) => type === 'CN')?.value ?? 'the authority';
}
