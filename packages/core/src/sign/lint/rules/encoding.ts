import { signatureAlgorithms } from '../../x509/algorithm.ts';
import { tags } from '../../x509/der.ts';
import { oids } from '../../x509/oids.ts';
import { otherExtension } from '../../x509/other-extensions.ts';
import { isGeneralized } from '../../x509/time.ts';
import type { Rule } from '../rule.ts';

const known: ReadonlySet<string> = new Set(Object.values(oids));

/** How a certificate is written. */
export const encoding: readonly Rule[] = [
  {
    id: 'der',
    severity: 'error',
    source: 'RFC 5280 4.1, X.690 10 and 11',
    says: 'A certificate is DER in all its parts.',
    remedy: 'Make it with a tool that writes DER: Go and OpenSSL refuse what is not, or read it as something else.',
    check: ({ list, constraints }) => {
      if (list.some(({ saysDefault }) => saysDefault))
        return 'an extension says that it is not critical, which is left out';
      return constraints?.saysDefault ? 'its basic constraints say FALSE, which is left out' : undefined;
    },
  },
  {
    id: 'version',
    severity: 'error',
    source: 'RFC 5280 4.1.2.1',
    says: 'A certificate has version 3, which extensions need.',
    remedy: 'Make it anew with version 3.',
    check: ({ tbs: { version } }) => (version === 3 ? undefined : `it has version ${version}`),
  },
  {
    id: 'unique-ids',
    severity: 'error',
    source: 'RFC 5280 4.1.2.8',
    says: 'A certificate has no unique identifiers beside its names.',
    remedy: 'Leave them out.',
    check: ({ tbs: { uniqueIds } }) => (uniqueIds ? 'it has a unique identifier' : undefined),
  },
  {
    id: 'signature-algorithm',
    severity: 'error',
    source: 'RFC 4055 5, RFC 5758 3.2, RFC 8410 3',
    says: 'The signature is by ECDSA, RSA or Ed25519 over SHA-256 or better, and its identifier is byte for byte the one of the RFC.',
    remedy: 'Sign with such an algorithm: Go accepts no SHA-1, and others refuse parameters that do not belong there.',
    check: ({ tbs: { algorithm } }) =>
      signatureAlgorithms.some(({ der }) => Buffer.compare(der, algorithm) === 0)
        ? undefined
        : 'its signature algorithm is another, or written otherwise',
  },
  {
    id: 'extension-once',
    severity: 'error',
    source: 'RFC 5280 4.2',
    says: 'An extension stands in a certificate once.',
    remedy: 'Leave the second one out: Go refuses to read the certificate.',
    check: ({ list }) =>
      new Set(list.map(({ oid }) => oid)).size < list.length ? 'an extension stands twice' : undefined,
  },
  {
    id: 'extension-empty',
    severity: 'error',
    source: 'RFC 5280 4.1.2.9 and 4.2.1.2 to 4.2.2.2',
    says: 'An extension holds something, and so does each list in one.',
    remedy: 'Leave the whole extension out.',
    check: ({ tbs: { extensions }, sans, usages, keyUsage, subjectKeyId, list, others }) => {
      if (extensions?.length === 0) return 'its list of extensions is empty';
      if (list.some(({ value }) => value.length === 0)) return 'an extension is empty';
      if (sans?.length === 0) return 'its list of names is empty';
      if (keyUsage?.length === 0) return 'its key usage has no bit';
      if (subjectKeyId?.length === 0) return 'the identifier of its key is empty';
      const none = others.find(({ kind, extension: { value } }) => kind.tag === tags.sequence && value.length === 2);
      if (none !== undefined) return `its ${none.kind.name} are empty`;
      return usages?.length === 0 ? 'its list of usages is empty' : undefined;
    },
  },
  {
    id: 'extension-known',
    severity: 'error',
    source: 'RFC 5280 4.2',
    says: 'An extension that is critical is one that every verifier knows.',
    remedy: 'Mark it as not critical, or leave it out: a verifier must refuse what it does not know.',
    check: ({ list }) =>
      list.some(({ oid, critical }) => critical && !known.has(oid) && otherExtension(oid) === undefined)
        ? 'a critical extension is unknown'
        : undefined,
  },
  {
    id: 'time-form',
    severity: 'error',
    source: 'RFC 5280 4.1.2.5',
    says: 'An instant is a UTCTime through 2049 and a GeneralizedTime from 2050 on.',
    remedy: 'Write it in the other form: readers take a UTCTime of 50 for 1950.',
    check: ({ tbs: { generalized, notBefore, notAfter } }) =>
      [notBefore, notAfter].every((instant, index) => generalized[index] === isGeneralized(instant))
        ? undefined
        : 'an instant is written in the form for other years',
  },
];
