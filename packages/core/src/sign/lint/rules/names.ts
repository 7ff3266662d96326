import { tags } from '../../x509/der.ts';
import { isPrintable } from '../../x509/printable.ts';
import { isFor } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** RFC 5280, appendix A: ub-common-name and ub-organization-name. */
const longest = 64;
const bounded = ['CN', 'O'];
const country = '2.5.4.6';
const label = '[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?';
const dnsName = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);
const ipLike = /^\d+(\.\d+)*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/** The subject, and the names and addresses of a server. */
export const names: readonly Rule[] = [
  {
    id: 'name-length',
    severity: 'error',
    source: 'RFC 5280, appendix A (ub-common-name, ub-organization-name)',
    says: 'A common name and an organisation have 1 to 64 bytes.',
    remedy: 'Use a shorter name: OpenSSL refuses the certificate.',
    check: ({ name }) => {
      const wrong = name.find(
        ({ type, bytes }) => bounded.includes(type) && (bytes.length > longest || bytes.length === 0),
      );
      return wrong === undefined ? undefined : `${wrong.type} has ${wrong.bytes.length} bytes`;
    },
  },
  {
    id: 'name-text',
    severity: 'error',
    source: 'RFC 5280 4.1.2.4, X.680 41.4',
    says: 'A name is a PrintableString of its own characters or a UTF8String, without control characters.',
    remedy: 'Write it as UTF8String, and without control characters.',
    check: ({ name }) => {
      const wrong = name.find(({ tag, value, bytes }) => {
        if (control.test(value)) return true;
        if (tag === tags.printableString) return !isPrintable(value);
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
  {
    id: 'san-dns',
    severity: 'error',
    source: 'RFC 5280 4.2.1.6, RFC 1123 2.1, RFC 6125 6.4.3',
    says: 'A DNS name is labels of ASCII letters, digits and hyphens, of which the first may be `*`, and no address.',
    remedy: 'Write the name in ASCII, without a dot at its end; an address is a SAN of its own kind.',
    check: ({ sans = [] }) => {
      const wrong = sans.find(
        ({ kind, text }) => kind === 'DNS' && (text.length > 253 || !dnsName.test(text) || ipLike.test(text)),
      );
      return wrong === undefined ? undefined : `${JSON.stringify(wrong.text)} is no DNS name`;
    },
  },
  {
    id: 'san-ip',
    severity: 'error',
    source: 'RFC 5280 4.2.1.6',
    says: 'An address has the 4 octets of IPv4 or the 16 of IPv6, and IPv4 is not mapped into IPv6.',
    remedy: 'Write the address in its own form.',
    check: ({ sans = [] }) => {
      const wrong = sans.find(({ kind, bytes }) => kind === 'IP' && !isAddress(bytes));
      return wrong === undefined ? undefined : `an address has ${wrong.bytes.length} octets, or is IPv4 within IPv6`;
    },
  },
  {
    id: 'san-kind',
    severity: 'warning',
    source: 'RFC 9525 6.5',
    says: 'The alternative names are DNS names and addresses.',
    remedy: 'Leave out names of other kinds, which no part of a cluster reads.',
    check: ({ sans = [] }) => {
      const other = sans.find(({ kind }) => kind !== 'DNS' && kind !== 'IP');
      return other === undefined ? undefined : `it has a name of the kind ${other.kind}`;
    },
  },
  {
    id: 'san-once',
    severity: 'warning',
    source: 'kubepki',
    says: 'An alternative name stands in a certificate once.',
    remedy: 'Leave the second one out.',
    check: ({ sans = [] }) =>
      new Set(sans.map(({ kind, text }) => `${kind}:${text}`)).size < sans.length ? 'a name stands twice' : undefined,
  },
  {
    id: 'san-critical',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.6',
    says: 'The alternative names are critical only where there is no subject.',
    remedy: 'Mark them as not critical.',
    check: ({ name, by }) =>
      name.length > 0 && by.subjectAltName?.critical ? 'they are critical beside a subject' : undefined,
  },
  {
    id: 'server-names',
    severity: 'error',
    source: 'RFC 9525 6.1; Go reads no common name as a host since 1.15',
    says: 'A server has at least one DNS name or address.',
    remedy: 'Add the names and addresses under which its clients reach it.',
    check: (facts) =>
      isFor(facts, 'serverAuth') && !facts.authority && (facts.sans ?? []).length === 0 ? 'it has none' : undefined,
  },
];

const mapped = Buffer.from('00000000000000000000ffff', 'hex');

function isAddress(bytes: Uint8Array): boolean {
  return bytes.length === 4 || (bytes.length === 16 && Buffer.compare(bytes.subarray(0, 12), mapped) !== 0);
}
