import { tags } from '../../sign/x509/der.ts';
import { extension, having, mark, put, raw } from '../bad-tbs.ts';
import { bytesOf, element, hex, integer, itemsOf, oid, sequence, text } from '../der-tree.ts';
import { authorityTemplate } from '../good-tbs.ts';
import { type Row, row } from './row.ts';

export const encoding: readonly Row[] = [
  row('der', 'with something behind its fields', { change: ({ more }) => void more.push(integer('01')) }),
  row('der', 'that says FALSE where an extension is not critical', {
    change: ({ extensions }) => {
      const items = itemsOf(extensions?.at(-1) ?? sequence());
      items.splice(1, 0, element(tags.boolean, hex('00')));
    },
  }),
  row('der', 'that says FALSE where it is no authority', {
    change: (parts) => put(parts, 'basicConstraints', sequence(element(tags.boolean, hex('00'))), true),
  }),
  row('version', 'of version 1 with extensions', {
    change: having({ version: undefined }),
  }),
  row('version', 'of version 2 with extensions', {
    change: having({ version: { tag: 0xa0, content: [integer('01')] } }),
  }),
  row('unique-ids', 'with a unique identifier', {
    change: ({ more }) => void more.push(element(0x82, hex('00 01'))),
  }),
  row('signature-algorithm', 'that is to be signed over SHA-1', {
    change: having({ algorithm: sequence(oid('2a864886f70d010105'), element(tags.null)) }),
  }),
  row('signature-algorithm', 'with parameters for ECDSA', {
    change: ({ algorithm }) => void itemsOf(algorithm).push(element(tags.null)),
  }),
  row('extension-once', 'with an extension twice', {
    change: ({ extensions }) => void extensions?.push(extensions[0] ?? sequence()),
  }),
  row('extension-empty', 'with an extension of nobody without a value', {
    change: ({ extensions }) => void extensions?.push(extension('2a03', new Uint8Array())),
  }),
  row('extension-empty', 'with an empty identifier of its key', {
    change: (parts) => put(parts, 'subjectKeyId', element(tags.octetString)),
  }),
  row('extension-empty', 'with an empty list of names', {
    change: (parts) => put(parts, 'subjectAltName', sequence()),
    along: ['server-names'],
  }),
  row('extension-empty', 'with an empty list of usages', {
    change: (parts) => put(parts, 'extendedKeyUsage', sequence()),
    along: ['leaf-usages'],
  }),
  row('extension-empty', 'with a key usage without a bit', {
    change: (parts) => put(parts, 'keyUsage', element(tags.bitString, hex('00')), true),
    along: ['leaf-key-usage'],
  }),
  row('extension-empty', 'with an empty list of extensions', {
    change: having({ extensions: [] }),
    along: ['key-usage', 'leaf-usages', 'authority-key-id', 'subject-key-id-leaf'],
  }),
  row('extension-empty', 'with empty name constraints', {
    template: authorityTemplate,
    change: (parts) => put(parts, '551d1e', sequence(), true),
  }),
  row('extension-known', 'with a critical extension of nobody', {
    change: ({ extensions }) => void extensions?.push(extension('2a03', text(tags.utf8String, 'x'), true)),
  }),
  row('time-form', 'with a GeneralizedTime before 2050', {
    change: having({ notAfter: text(tags.generalizedTime, '20300101000000Z') }),
  }),
  row('time-form', 'with a UTCTime for 1950, as 2050 would be written', {
    change: having({ notBefore: text(tags.generalizedTime, '19500101000000Z') }),
    along: ['life-start'],
  }),
];

export const serial: readonly Row[] = [
  row('serial-positive', 'with a negative serial number', {
    change: having({ serial: integer('80 0102030405060708090a0b0c0d0e0f10111213') }),
  }),
  row('serial-positive', 'with the serial number 0', {
    change: having({ serial: integer('00') }),
    along: ['serial-random'],
  }),
  row('serial-length', 'with a serial number of 21 octets', {
    change: having({ serial: integer('00 8102030405060708090a0b0c0d0e0f1011121314') }),
  }),
  row('serial-random', 'with a serial number of 8 octets', {
    change: having({ serial: integer('7102030405060708') }),
  }),
];

/** What every rule looks at is read first, so what is no DER at all breaks `der` alone. */
export const unreadable: readonly Row[] = [
  row('der', 'that is marked as critical twice', {
    change: (parts) => {
      mark(parts, 'keyUsage', true);
      itemsOf(parts.extensions?.[0] ?? sequence()).splice(1, 0, element(tags.boolean, hex('ff')));
    },
  }),
  row('der', 'that is an octet', { change: () => hex('30') }),
  row('der', 'that is empty', { change: () => new Uint8Array() }),
  row('der', 'that lies in another element', {
    change: (parts) => bytesOf(sequence(raw(bytesOf(sequence(parts.serial))))),
  }),
];
