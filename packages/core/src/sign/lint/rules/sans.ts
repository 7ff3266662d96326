import { quoted } from '../../x509/quoted.ts';
import { isFor } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { isAddress, isDnsName, isOther } from './general-name.ts';

/** The names and addresses of a server. */
export const sans: readonly Rule[] = [
  {
    id: 'san-dns',
    severity: 'error',
    source: 'RFC 5280 4.2.1.6, RFC 1123 2.1, RFC 6125 6.4.3',
    says: 'A DNS name is labels of ASCII letters, digits, hyphens and underscores, of which the first may be `*`, and no address.',
    remedy: 'Write the name in ASCII, without a dot at its end; an address is a SAN of its own kind.',
    check: ({ sans = [] }) => {
      const wrong = sans.find(({ kind, text }) => kind === 'DNS' && !isDnsName(text));
      return wrong === undefined ? undefined : `${quoted(wrong.text)} is no DNS name`;
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
    id: 'san-form',
    severity: 'error',
    source: 'RFC 5280 4.2.1.6',
    says: 'An alternative name of another kind has the form of it: an e-mail address without a name before it, a URI with its scheme.',
    remedy: 'Leave it out: no part of a cluster reads it.',
    check: ({ sans = [] }) => {
      const wrong = sans.find((san) => san.kind !== 'DNS' && san.kind !== 'IP' && !isOther(san));
      if (wrong === undefined) return undefined;
      return wrong.kind === 'other'
        ? 'a name is of no kind'
        : `${quoted(wrong.text)} is none of the kind ${wrong.kind}`;
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
    severity: 'error',
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
      isFor(facts, 'serverAuth') && !facts.authority && !facts.sans?.some(({ kind }) => kind === 'DNS' || kind === 'IP')
        ? 'it has none'
        : undefined,
  },
];
