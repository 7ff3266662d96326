import { tags } from '../../x509/der.ts';
import { isPrintable } from '../../x509/printable.ts';
import type { NamePart } from '../../x509/read-name.ts';
import type { Rule } from '../rule.ts';

/** RFC 5280, appendix A: the most characters of a common name, an organisation, its unit, a locality and a state. */
const longest: Readonly<Record<string, number>> = { CN: 64, O: 64, '2.5.4.11': 64, '2.5.4.7': 128, '2.5.4.8': 128 };
const country = '2.5.4.6';
/** An e-mail address and a part of a domain are IA5Strings (RFC 2985 5.2.1, RFC 4519 2.4). */
const ia5 = new Set(['1.2.840.113549.1.9.1', '0.9.2342.19200300.100.1.25']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/** The subject. */
export const names: readonly Rule[] = [
  {
    id: 'name-length',
    severity: 'error',
    source: 'RFC 5280, appendix A (ub-common-name and the bounds beside it)',
    says: 'A common name, an organisation and its unit have 1 to 64 characters, a locality and a state 1 to 128.',
    remedy: 'Use a shorter name: OpenSSL refuses the certificate.',
    check: ({ name }) => {
      const wrong = name.find(
        (part) => part.bytes.length === 0 || charactersOf(part) > (longest[part.type] ?? Number.POSITIVE_INFINITY),
      );
      return wrong === undefined ? undefined : `${wrong.type} has ${charactersOf(wrong)} characters`;
    },
  },
  {
    id: 'name-text',
    severity: 'error',
    source: 'RFC 5280 4.1.2.4, X.680 41.4',
    says: 'A name is a PrintableString of its own characters or a UTF8String, an e-mail address and a part of a domain an IA5String, all without control characters.',
    remedy: 'Write it as UTF8String, and without control characters.',
    check: ({ name }) => {
      const wrong = name.find(({ type, tag, value, bytes }) => {
        if (control.test(value)) return true;
        if (tag === tags.printableString) return !isPrintable(value);
        if (tag === tags.ia5String) return !ia5.has(type) || !isAscii(bytes);
        return tag !== tags.utf8String || Buffer.compare(Buffer.from(value), bytes) !== 0;
      });
      return wrong === undefined ? undefined : `${wrong.type} is written otherwise`;
    },
  },
  {
    id: 'name-country',
    severity: 'error',
    source: 'RFC 5280, appendix A (X520countryName)',
    says: 'A country is a PrintableString of two letters.',
    remedy: 'Use the code of ISO 3166 with two letters, or leave the country out.',
    check: ({ name }) =>
      name.some(
        ({ type, tag, value }) => type === country && (tag !== tags.printableString || !/^[A-Z]{2}$/.test(value)),
      )
        ? 'its country is no code of two letters'
        : undefined,
  },
  {
    id: 'subject-absent',
    severity: 'error',
    source: 'RFC 5280 4.1.2.6 and 4.2.1.6',
    says: 'A certificate has a subject, or a critical list of names in its place; an authority has a subject.',
    remedy: 'Give it a subject.',
    check: ({ name, authority, by }) => {
      if (name.length > 0) return undefined;
      if (authority) return 'an authority has no subject';
      return by.subjectAltName?.critical ? undefined : 'it has no subject and no critical names';
    },
  },
];

function charactersOf({ tag, value, bytes }: NamePart): number {
  return tag === tags.utf8String && bytes.length > 64 ? [...value].length : bytes.length;
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}
