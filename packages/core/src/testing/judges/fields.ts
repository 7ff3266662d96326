import { tags } from '../../sign/x509/der.ts';
import { oids } from '../../sign/x509/oids.ts';
import { drop, mark, put, type TbsParts } from '../bad-tbs.ts';
import { bytesOf, element, hex, integer, itemsOf, oid, sequence, type Tree } from '../der-tree.ts';
import {
  type Dice,
  extensions,
  flag,
  generalName,
  listOf,
  name,
  others,
  small,
  strings,
  time,
  usages,
} from './dice.ts';

type Change = (parts: TbsParts, dice: Dice) => unknown;

/** The bits of a public key, whose first byte says how many are unused. */
const keyBits = ({ publicKey }: TbsParts) => itemsOf(publicKey)[1] as Tree;

/** Changes of single fields, whose outcome may be good, bad, or no change at all. */
export const fieldChanges: Readonly<Record<string, Change>> = {
  serial: (parts, dice) => (parts.serial = element(tags.integer, dice.bytes(dice.number(23)))),
  'serial sign': (parts, dice) => (parts.serial = integer(dice.one('00', '80', 'ff', '01', '0001', '00ff'))),
  version: (parts, { one }) =>
    (parts.version = one(undefined, { tag: 0xa0, content: [integer(one('00', '01', '03'))] })),
  notBefore: (parts, dice) => (parts.notBefore = time(dice)),
  notAfter: (parts, dice) => (parts.notAfter = time(dice)),
  times: (parts) => ([parts.notBefore, parts.notAfter] = [parts.notAfter, parts.notBefore]),
  issuer: (parts, dice) => (parts.issuer = dice.one(name(dice), parts.subject, sequence())),
  subject: (parts, dice) => (parts.subject = dice.one(name(dice), parts.issuer, sequence())),
  'subject more': ({ subject }, dice) => itemsOf(subject).push(...itemsOf(name(dice))),
  'subject in one set': (parts) =>
    (parts.subject = sequence({ tag: tags.set, content: itemsOf(parts.subject).flatMap(itemsOf) })),
  'subject string': ({ subject }, dice) => {
    const value = itemsOf(itemsOf(dice.one(...itemsOf(subject)))[0] as Tree)[1] as Tree;
    value.tag = dice.one(...strings);
  },
  sans: (parts, dice) => put(parts, 'subjectAltName', listOf(dice, generalName), dice.number(4) === 0),
  'key usage': (parts, dice) => {
    const bits = element(tags.bitString, Uint8Array.of(dice.number(9)), dice.bytes(dice.number(3)));
    put(parts, 'keyUsage', bits, dice.number(2) === 0);
  },
  usages: (parts, dice) =>
    put(
      parts,
      'extendedKeyUsage',
      listOf(dice, ({ one }) => oid(one(...usages))),
      dice.number(4) === 0,
    ),
  constraints: (parts, dice) => {
    const [authority, length] = [flag(dice), small(dice)];
    const content = dice.one([authority], [authority, length], [length], [], [length, authority]);
    put(parts, 'basicConstraints', sequence(...content), dice.number(3) > 0);
  },
  'path length': (parts, dice) =>
    put(parts, 'basicConstraints', sequence(element(tags.boolean, hex('ff')), small(dice)), true),
  'key id': (parts, dice) => put(parts, 'subjectKeyId', element(tags.octetString, dice.bytes(dice.one(0, 1, 20, 64)))),
  'issuer key id': (parts, dice) => {
    const id = element(dice.one(0x80, 0x80, 0x81, 0xa0), dice.bytes(dice.one(0, 20)));
    const whose = element(0xa1, element(0xa4, bytesOf(dice.one(parts.issuer, name(dice)))));
    const serial = element(0x82, dice.bytes(dice.one(0, 1, 20)));
    put(parts, 'authorityKeyId', sequence(...dice.one([id], [id, whose, serial], [whose, serial], [id, serial], [])));
  },
  'an extension less': (parts, { one }) => drop(parts, one(...extensions)),
  'critical or not': (parts, { one, number }) => {
    const list = parts.extensions ?? [];
    const its = Buffer.from(itemsOf(one(...list))[0]?.content as Uint8Array).toString('hex');
    const known = extensions.find((each) => oids[each] === its) ?? 'keyUsage';
    mark(parts, known, number(2) === 0);
  },
  'not critical, in words': ({ extensions = [] }, { one }) => {
    const parts = itemsOf(one(...extensions));
    if (parts.length === 2) parts.splice(1, 0, element(tags.boolean, hex(one('00', '01', 'ff'))));
  },
  'order of extensions': ({ extensions }, { number }) => void extensions?.sort(() => number(3) - 1),
  'an extension twice': ({ extensions = [] }, { one }) => extensions.push(one(...extensions)),
  'no extensions': (parts, { one }) => (parts.extensions = one([], undefined)),
  'an extension more': (parts, dice) => {
    const value = dice.one<() => Tree | Uint8Array>(
      () => dice.bytes(dice.number(6)),
      () => listOf(dice, generalName),
      () => sequence(element(0xa0, bytesOf(sequence(generalName(dice))))),
      () => sequence(sequence(oid(dice.one(...usages)))),
      () => sequence(element(0x80, hex(dice.one('00', 'ff', '05')))),
      () => small(dice),
      () => sequence(sequence(oid('2b06010505073001'), generalName(dice))),
    )();
    put(parts, dice.one(...others), value, dice.number(2) === 0);
  },
  key: (parts, dice) => {
    const content = keyBits(parts).content as Uint8Array;
    content[dice.number(content.length)] = dice.number(256);
  },
  'key cut': (parts, dice) => {
    const bits = keyBits(parts);
    const content = bits.content as Uint8Array;
    bits.content = dice.one(content.slice(0, 1), content.slice(0, -1), Buffer.concat([content, dice.bytes(1)]));
  },
  'key kind': ({ publicKey }, dice) => {
    const curve = oid(dice.one('2a8648ce3d030107', '2b81040022', '2b81040023', '2b8104000a', '2b81040021'));
    const ids = ['2a8648ce3d0201', '2a864886f70d010101', '2b6570', '2b6571', '2a864886f70d01010a', '2b656e'];
    const kind = oid(dice.one(...ids));
    itemsOf(publicKey)[0] = sequence(kind, ...dice.one([], [curve], [element(tags.null)]));
  },
  'signature algorithm': (parts, { one }) => {
    const ids = ['2a8648ce3d040302', '2a8648ce3d040303', '2a864886f70d01010b', '2b6570', '2a864886f70d010105'];
    parts.algorithm = sequence(oid(one(...ids)), ...one([], [element(tags.null)]));
  },
  'unique ids': (parts, dice) => parts.more.push(element(dice.one(0x81, 0x82, 0x83), Uint8Array.of(0), dice.bytes(2))),
};
