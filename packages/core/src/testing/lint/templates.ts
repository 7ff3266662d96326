import { tags } from '../../sign/x509/der.ts';
import { having, nameOf, put, raw, type TbsParts } from '../bad-tbs.ts';
import { bytesOf, element, hex, integer, itemsOf, sequence, type Tree, text } from '../der-tree.ts';

/** A kind of bad template: what the encoder writes for it, and every rule that this breaks. */
export type BadTemplate = {
  readonly change: (parts: TbsParts) => unknown;
  readonly rules: readonly string[];
};

const [cn, country] = ['550403', '550406'];
const sans =
  (...names: readonly Tree[]) =>
  (parts: TbsParts) =>
    put(parts, 'subjectAltName', sequence(...names));
const dns = (name: string) => text(0x82, name);
const der = ['der'];
const names = ['as-planned', 'san-dns'];

/** The table of what a lenient encoder writes, row by row. */
export const badTemplates: Readonly<Record<string, BadTemplate>> = {
  'a negative serial number': {
    change: having({ serial: integer('80 0102030405060708090a0b0c0d0e0f') }),
    rules: ['as-planned', 'serial-positive'],
  },
  'a serial number with leading zeros': {
    change: having({ serial: integer('0000 5a02030405060708090a0b0c0d0e0f') }),
    rules: der,
  },
  'fractions of a second': {
    change: having({ notAfter: text(tags.generalizedTime, '20600101000000.123Z') }),
    rules: der,
  },
  '2060 as a UTCTime': {
    change: having({ notAfter: text(tags.utcTime, '600101000000Z') }),
    rules: ['as-planned', 'life-order'],
  },
  'an extension twice': {
    change: ({ extensions }) => void extensions?.push(extensions[0] ?? sequence()),
    rules: ['as-planned', 'extension-once'],
  },
  'version 1 and extensions': {
    change: having({ version: undefined }),
    rules: ['version'],
  },
  'an end before the beginning': {
    change: having({ notAfter: text(tags.utcTime, '200101000000Z') }),
    rules: ['as-planned', 'life-order'],
  },
  'a name beyond ASCII': { change: sans(dns('b\u00fccher.example')), rules: names },
  'a name with a NUL in it': { change: sans(dns('a.example\0.evil.example')), rules: names },
  'an address of five octets': {
    change: sans(dns('a'), element(0x87, hex('0a00000001'))),
    rules: ['as-planned', 'san-ip'],
  },
  'an empty list of names': { change: sans(), rules: ['as-planned', 'extension-empty', 'server-names'] },
  'a name with another name behind it': { change: sans(dns('a.example, DNS:evil.example')), rules: names },
  'a common name of 200 characters': {
    change: having({ subject: nameOf([cn, tags.printableString, 'n'.repeat(200)]) }),
    rules: ['as-planned', 'name-length'],
  },
  'a PrintableString that holds what it cannot': {
    change: having({ subject: nameOf([cn, tags.printableString, 'a@b*']) }),
    rules: ['as-planned', 'name-text'],
  },
  'the country USA in UTF-8': {
    change: having({ subject: nameOf([country, tags.utf8String, 'USA'], [cn, tags.printableString, 'a']) }),
    rules: ['as-planned', 'name-country'],
  },
  'bytes behind its end': {
    change: (parts) => {
      parts.more.push(raw(hex('0000')));
    },
    rules: der,
  },
  'an indefinite length': {
    change: (parts) => {
      const { content } = parts.subject;
      parts.subject = { tag: tags.sequence, header: hex('30 80'), content: [...(content as Tree[]), raw(hex('0000'))] };
    },
    rules: der,
  },
  'a length in the long form': {
    change: (parts) => {
      const bytes = bytesOf(parts.serial);
      parts.serial = raw(Buffer.concat([hex('02 81'), bytes.subarray(1)]));
    },
    rules: der,
  },
  'a BOOLEAN that is neither 00 nor ff': {
    change: ({ extensions }) => {
      itemsOf(extensions?.[0] ?? sequence())[1] = element(tags.boolean, hex('01'));
    },
    rules: der,
  },
};
