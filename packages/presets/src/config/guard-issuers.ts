import {
  algorithmOf,
  type Certificate,
  type Credential,
  differences,
  type Issued,
  type IssueRequest,
  type Issuer,
  issuedBy,
  kindOf,
  parseCertificate,
  type SignContext,
  sameKey,
} from '@kubepki/core';
import { type Blame, blame, blamingLater } from './blame.ts';

/** Opens the issuer of an authority; undefined: the authority's own key signs. */
export type Issuers = NonNullable<SignContext['issuers']>;

/** Issuers whose faults are told by the authority's name. Every certificate that they give is compared with what was asked. */
export function guardIssuers(issuers: Issuers, fileName: string): Issuers {
  return async (authority) => {
    const whose: Blame = { code: 'ISSUER_FAILED', who: `${fileName}: issuers for ${authority.spec.id}`, hint };
    const issuer: unknown = await blamingLater(() => issuers(authority), whose);
    if (issuer === undefined) return undefined;
    if (!isIssuer(issuer)) throw blame(`gives ${kindOf(issuer)}, where an issuer is expected`, whose);
    return {
      certificate: issuer.certificate,
      issue: async (request) => {
        const issued: unknown = await blamingLater(() => issuer.issue(request), whose);
        const certificate = certificateOf(issued, whose);
        check(certificate, { request, authority, whose });
        return { certificate, cut: (issued as Issued).cut === true };
      },
    };
  };
}

const hint = 'an issuer gives a certificate for the key and the template that it is asked for; nothing was written';

function isIssuer(value: unknown): value is Issuer {
  return typeof value === 'object' && value !== null && 'issue' in value && typeof value.issue === 'function';
}

/** The certificate, read from its own bytes. */
function certificateOf(issued: unknown, whose: Blame): Certificate {
  const der = (issued as Partial<Issued> | undefined)?.certificate?.der;
  if (!(der instanceof Uint8Array)) throw blame(`gives ${kindOf(issued)} without a certificate’s bytes`, whose);
  try {
    return parseCertificate(der, whose.who);
  } catch (error) {
    throw blame('gives bytes that are no certificate', whose, error);
  }
}

function check(
  certificate: Certificate,
  {
    request,
    authority,
    whose,
  }: { readonly request: IssueRequest; readonly authority: Credential; readonly whose: Blame },
): void {
  const { template, key } = request;
  const subject = template.subject.map(({ type, value }) => `${type}=${value}`).join(', ');
  const issuer = authority.certificate;
  const keys = algorithmOf(key.publicKey);
  if (!sameKey(key, certificate)) throw blame(`gives a certificate of another key for ${subject}`, whose);
  if (issuer === undefined || !issuedBy(certificate, issuer))
    throw blame(`gives a certificate of another authority for ${subject}`, whose);
  const different = keys === undefined ? [] : differences({ template, keys, existing: certificate, issuer });
  if (different.length > 0)
    throw blame(`gives another certificate for ${subject}: ${different.map(({ detail }) => detail).join('; ')}`, whose);
}
