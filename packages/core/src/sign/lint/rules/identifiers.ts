import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** How a certificate points to its issuer. */
export const identifiers: readonly Rule[] = [
  {
    id: 'issuer-name',
    severity: 'error',
    source: 'RFC 5280 4.1.2.4, 6.1.3',
    says: "The issuer's name is byte for byte the subject of the issuer, and not empty.",
    remedy: "Copy the issuer's subject as it stands in its certificate.",
    check: ({ tbs: { issuer, subject }, context }) => {
      if (issuer.length <= 2) return 'it is empty';
      if (context.issuer === undefined) return undefined;
      const expected = context.issuer === 'self' ? subject : context.issuer.subject;
      return Buffer.compare(issuer, expected) === 0 ? undefined : 'it is another';
    },
  },
  {
    id: 'authority-key-id',
    severity: 'error',
    source: 'RFC 5280 4.2.1.1',
    says: "A certificate has the identifier of its issuer's key, copied from the issuer.",
    remedy: "Copy the issuer's subject key identifier.",
    check: (facts) => {
      const keyId = facts.authorityKeyId?.keyId;
      const expected = issuerKeyId(facts);
      if (keyId === undefined) return expected === 'absent' ? undefined : 'it has none';
      return typeof expected === 'string' || Buffer.compare(keyId, expected) === 0 ? undefined : 'it is of another key';
    },
  },
  {
    id: 'authority-key-id-form',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.1, RFC 4158 3.5.12',
    says: "The issuer's key is identified by nothing but its identifier.",
    remedy: "Leave out the issuer's name and serial number, which break when the authority is renewed.",
    check: ({ authorityKeyId }) =>
      authorityKeyId?.others ? 'it has the name or serial number of the issuer' : undefined,
  },
  {
    id: 'subject-key-id-authority',
    severity: 'error',
    source: 'RFC 5280 4.2.1.2',
    says: 'An authority has the identifier of its key.',
    remedy: 'Add a subject key identifier.',
    check: ({ authority, subjectKeyId }) =>
      authority && (subjectKeyId === undefined || subjectKeyId.length === 0) ? 'it has none' : undefined,
  },
  {
    id: 'subject-key-id-leaf',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.2',
    says: 'A leaf has the identifier of its key.',
    remedy: 'Add a subject key identifier when it is made anew.',
    check: ({ authority, subjectKeyId }) => (!authority && subjectKeyId === undefined ? 'it has none' : undefined),
  },
  {
    id: 'key-ids-critical',
    severity: 'error',
    source: 'RFC 5280 4.2.1.1 and 4.2.1.2',
    says: 'The identifiers of keys are not critical.',
    remedy: 'Mark them as not critical.',
    check: ({ by }) => (by.subjectKeyId?.critical || by.authorityKeyId?.critical ? 'one is critical' : undefined),
  },
];

/** `absent` where a certificate needs none: it signs itself, or its issuer's key has no identifier. */
function issuerKeyId({
  tbs: { issuer, subject },
  subjectKeyId,
  authorityKeyId,
  context,
}: Facts): Uint8Array | 'absent' | 'unknown' {
  const self = context.issuer === undefined ? Buffer.compare(issuer, subject) === 0 : context.issuer === 'self';
  if (self) return authorityKeyId === undefined ? 'absent' : (subjectKeyId ?? 'absent');
  return context.issuer === undefined || context.issuer === 'self'
    ? 'unknown'
    : (context.issuer.subjectKeyId ?? 'absent');
}
