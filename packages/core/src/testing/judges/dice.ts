import { tags } from '../../sign/x509/der.ts';
import { oids } from '../../sign/x509/oids.ts';
import { type Attribute, nameOf } from '../bad-tbs.ts';
import { bytesOf, element, hex, integer, sequence, type Tree, text } from '../der-tree.ts';

/** What a random change is made with: always the same numbers for one mutant. */
export type Dice = {
  /** A number from 0 to `below` - 1. */
  number(below: number): number;
  bytes(length: number): Uint8Array;
  one<T>(...of: readonly T[]): T;
};

export const strings = [
  tags.utf8String,
  tags.printableString,
  tags.ia5String,
  tags.teletexString,
  tags.bmpString,
  0x1a,
  0x1c,
];
const attributes = ['550403', '55040a', '55040b', '550406', '550407', '550405', '2b0601040182f37102', '2a8403'];
const words = ['a', 'system:nodes', 'system:masters', 'ü', 'a*b', '', ' ', 'a\0b', 'DE', '\u202e', 'x'.repeat(65)];
const hosts = [
  'a',
  'a.',
  '.a',
  '*.a',
  'a..b',
  '-a',
  'a_b',
  '10.0.0.1',
  'ü',
  '',
  '*',
  'a b',
  'A.example',
  'x'.repeat(64),
];
const mails = ['a@b.example', 'a', '@b', 'A <a@b.example>', 'a@[10.0.0.1]', 'a@b@c'];
const places = ['spiffe://a/b', 'http://', 'a', 'http://[::1', 'http://a b/', '%zz:', 'http://a:x/'];
const times = [
  '260601000000Z',
  '2606010000Z',
  '260601000000+0000',
  '20260601000000Z',
  '20260601000000.5Z',
  '260230000000Z',
];
const more = [
  '20600101000000Z',
  '99991231235959Z',
  '491231235959Z',
  '500101000000Z',
  '261301000000Z',
  '270531235960Z',
  '',
];
export const extensions = Object.keys(oids) as (keyof typeof oids)[];
export const usages = [
  '2b06010505070301',
  '2b06010505070302',
  '2b06010505070303',
  '551d2500',
  '2a03',
  '2b06010401823702',
  '',
];
export const others = [
  '551d1e',
  '551d20',
  '551d24',
  '551d36',
  '551d1f',
  '551d12',
  '551d21',
  '2b06010505070101',
  '2a03',
  '551d09',
];

const text8 = (tag: number, value: string) => element(tag, Buffer.from(value));
export const time = ({ one }: Dice) =>
  text(one(tags.utcTime, tags.generalizedTime, tags.ia5String), one(...times, ...more));
export const name = (dice: Dice) => {
  const list = Array.from({ length: dice.number(4) }, (): Attribute => {
    const word = dice.one(...words);
    return [dice.one(...attributes), dice.one(...strings), Buffer.from(word)];
  });
  return nameOf(...list);
};
export const generalName = (dice: Dice): Tree =>
  dice.one<() => Tree>(
    () => text8(0x82, dice.one(...hosts)),
    () => text8(0x81, dice.one(...mails)),
    () => text8(0x86, dice.one(...places)),
    () => element(0x87, dice.bytes(dice.one(0, 3, 4, 5, 8, 15, 16, 17))),
    () => element(0x88, hex(dice.one('2a03', '', '80', '2a'))),
    () => element(0xa4, bytesOf(name(dice))),
    () => element(dice.one(0xa0, 0xa3, 0xa5, 0x80, 0x89), dice.bytes(dice.number(4))),
  )();
export const listOf = (dice: Dice, make: (dice: Dice) => Tree) =>
  sequence(...Array.from({ length: dice.number(4) }, () => make(dice)));
export const flag = (dice: Dice) => element(tags.boolean, hex(dice.one('ff', 'ff', '00', '01')));
export const small = (dice: Dice) => integer(dice.one('00', '01', '05', 'ff', '0080', '7fffffffffffffff', ''));
