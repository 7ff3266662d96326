import { tags } from '../../sign/x509/der.ts';
import { type Attribute, nameOf, put, type TbsParts } from '../bad-tbs.ts';
import { element, hex, sequence, type Tree, text } from '../der-tree.ts';
import { authorityTemplate, nodeTemplate, selfTbs } from '../good-tbs.ts';
import { type Row, row } from './row.ts';

const [cn, o, c, dc] = ['550403', '55040a', '550406', '0992268993f22c640119'];
const { utf8String, printableString, teletexString, ia5String } = tags;

/** Its subject becomes another. */
const subject =
  (...attributes: readonly Attribute[]) =>
  (parts: TbsParts) => {
    parts.subject = nameOf(...attributes);
  };
/** Its names become others. */
const sans =
  (...names: readonly Tree[]) =>
  (parts: TbsParts) =>
    put(parts, 'subjectAltName', sequence(...names));
const dns = (name: string) => text(0x82, name);
const ip = (bytes: string) => element(0x87, hex(bytes));

const tooLong = [62, 63, 63, 63].map((length) => 'a'.repeat(length)).join('.');
const badHosts: Readonly<Record<string, string>> = {
  'beyond ASCII': 'b\u00fccher.example',
  'with a NUL in it': 'a.example\0.b',
  'with another name behind it': 'a.example, DNS:evil.example',
  'that is empty': '',
  'that is a blank': ' ',
  'with a dot at its end': 'a.example.',
  'with an asterisk in the middle': 'a.*.example',
  'that is an asterisk': '*',
  'that is an address': '10.0.0.1',
  'with a hyphen at the beginning of a label': 'a.-b.example',
  'with a label of 64 letters': `${'a'.repeat(64)}.example`,
  'of 254 letters': tooLong,
};

export const names: readonly Row[] = [
  row('name-length', 'with a common name of 65 characters', {
    change: subject([cn, printableString, 'a'.repeat(65)]),
  }),
  row('name-length', 'with an empty organisation', {
    change: subject([o, printableString, ''], [cn, printableString, 'a']),
  }),
  row('name-text', 'with a PrintableString that holds an @', { change: subject([cn, printableString, 'a@b*']) }),
  row('name-text', 'with a TeletexString', { change: subject([cn, teletexString, 'a']) }),
  row('name-text', 'with an IA5String for a common name', { change: subject([cn, ia5String, 'a']) }),
  row('name-text', 'with a line break in its name', { change: subject([cn, utf8String, 'a\nb']) }),
  row('name-text', 'with half a character in its name', { change: subject([cn, utf8String, hex('c3')]) }),
  row('name-text', 'with a domain beyond ASCII', {
    change: subject([dc, ia5String, hex('fc')], [cn, printableString, 'a']),
  }),
  row('name-country', 'with a country of three letters', {
    change: subject([c, printableString, 'USA'], [cn, printableString, 'a']),
  }),
  row('name-country', 'with a country in UTF-8', {
    change: subject([c, utf8String, 'US'], [cn, printableString, 'a']),
  }),
  row('subject-absent', 'of nobody whose names are not critical', {
    change: subject(),
    along: ['client-name'],
  }),
  row('subject-absent', 'of an authority without a subject', { template: authorityTemplate, change: subject() }),
  ...Object.entries(badHosts).map(([what, name]) =>
    row('san-dns', `for a host ${what}`, { change: sans(dns('a.example'), dns(name)) }),
  ),
  row('san-ip', 'with an address of 5 octets', { change: sans(ip('0a00000001')) }),
  row('san-ip', 'with IPv4 in IPv6', { change: sans(ip('00000000000000000000ffff0a000001')) }),
  row('san-form', 'with an e-mail address that is none', {
    change: sans(dns('a.example'), text(0x81, 'a at example')),
    along: ['san-kind'],
  }),
  ...['/path', '//host/path', 'https://', 'a b:c'].map((uri) =>
    row('san-form', `with the URI "${uri}"`, {
      change: sans(dns('a.example'), text(0x86, uri)),
      along: ['san-kind'],
    }),
  ),
  row('san-form', 'with a name that is no GeneralName', {
    change: sans(dns('a.example'), text(tags.utf8String, 'a')),
    along: ['san-kind'],
  }),
  row('san-kind', 'with an e-mail address', { change: sans(dns('a.example'), text(0x81, 'a@b.example')) }),
  row('san-kind', 'with a URI', { change: sans(dns('a.example'), text(0x86, 'spiffe://a/b')) }),
  row('san-once', 'with a name twice', { change: sans(dns('a.example'), dns('a.example')) }),
  row('san-critical', 'whose names are critical beside a subject', {
    change: (parts) => put(parts, 'subjectAltName', sequence(dns('a.example')), true),
  }),
  row('server-names', 'of a server with an e-mail address alone', {
    change: sans(text(0x81, 'a@b.example')),
    along: ['san-kind'],
  }),
  {
    ...row('issuer-name', 'of an authority that nobody issued', { template: nodeTemplate }),
    tbs: () => selfTbs({ ...authorityTemplate, subject: [] }),
    context: { issuer: 'self' },
    along: ['subject-absent'],
  },
];
