import { sameBytes } from '../../x509/bytes.ts';
import { hexOf } from '../../x509/text.ts';
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
      return sameBytes(issuer, expected) ? undefined : 'it is another';
    },
  },
  {
    id: 'authority-key-id',
    severity: 'error',
    source: 'RFC 5280 4.2.1.1',
    says: "A certificate has the identifier of its issuer's key, copied from the issuer.",
    remedy: "Copy the issuer's subject key identifier.",
    check: (facts) => {
      const { keyId } = facts.authorityKeyId ?? {};
      const expected = issuerKeyId(facts);
      if (keyId === undefined || keyId.length === 0) return expected === 'absent' ? undefined : 'it has none';
      if (typeof expected !== 'string' && !sameBytes(keyId, expected)) return 'it is of another key';
      return isOfSerial(facts) ? undefined : 'it has the serial number of another certificate';
    },
  },
  {
    id: 'authority-key-id-form',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.1, RFC 4158 3.5.12',
    says: "The issuer's key is identified by nothing but its identifier.",
    remedy: "Leave out the issuer's name and serial number, which break when the authority is renewed.",
    check: ({ authorityKeyId }) =>
      authorityKeyId?.serial === undefined ? undefined : 'it has the name and serial number of a certificate too',
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

/** Whether the issuer's serial number, where it stands there, is the one of the certificate that is the issuer's. */
function isOfSerial({ authorityKeyId, context: { issuer }, tbs }: Facts): boolean {
  const serial = authorityKeyId?.serial;
  if (serial === undefined || issuer === undefined) return true;
  const expected = issuer === 'self' ? hexOf(tbs.serial).replace(/^0+(?=.)/, '') : issuer.serial;
  return hexOf(serial).replace(/^0+(?=.)/, '') === expected;
}

/** `absent` where a certificate needs none: it signs itself, or its issuer's key has no identifier. */
function issuerKeyId({
  tbs: { issuer, subject },
  subjectKeyId,
  authorityKeyId,
  context,
}: Facts): Uint8Array | 'absent' | 'unknown' {
  if (context.issuer === 'self') return authorityKeyId === undefined ? 'absent' : (subjectKeyId ?? 'absent');
  if (context.issuer !== undefined) return context.issuer.subjectKeyId ?? 'absent';
  // One that has its issuer's name need not have signed itself: an authority's new key may be signed by its old one.
  return authorityKeyId === undefined && Buffer.compare(issuer, subject) === 0 ? 'absent' : 'unknown';
}
