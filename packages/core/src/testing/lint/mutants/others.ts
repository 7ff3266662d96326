import { tags } from '../../../sign/x509/der.ts';
import { put } from '../../bad-tbs.ts';
import { element, hex, integer, oid, sequence, type Tree, text } from '../../der-tree.ts';
import type { Mutants } from './encoding.ts';

/** Instants that are written as they must not be, each in the type that its text fits best. */
const instants: Readonly<Record<string, readonly [tag: number, value: string]>> = {
  'no seconds': [tags.utcTime, '2706010000Z'],
  'an offset': [tags.utcTime, '270601000000+0000'],
  'a small z': [tags.utcTime, '270601000000z'],
  'no zone': [tags.utcTime, '270601000000'],
  'a fraction of a second': [tags.utcTime, '270601000000.5Z'],
  'a month of thirteen': [tags.utcTime, '271301000000Z'],
  'a month of zero': [tags.utcTime, '270001000000Z'],
  'a thirtieth of February': [tags.utcTime, '270230000000Z'],
  'a day of zero': [tags.utcTime, '270600000000Z'],
  'an hour of 24': [tags.utcTime, '270601240000Z'],
  'a minute of 60': [tags.utcTime, '270601006000Z'],
  'a leap second': [tags.utcTime, '270601235960Z'],
  'a blank': [tags.utcTime, '27060100000 Z'],
  'a sign': [tags.utcTime, '27060100-100Z'],
  'four digits of a year': [tags.utcTime, '20270601000000Z'],
  nothing: [tags.utcTime, ''],
  'a NUL': [tags.utcTime, '270601000000\0'],
  'no seconds, generalized': [tags.generalizedTime, '206006010000Z'],
  'an offset, generalized': [tags.generalizedTime, '20600601000000+0000'],
  'a small z, generalized': [tags.generalizedTime, '20600601000000z'],
  'a comma, generalized': [tags.generalizedTime, '20600601000000,5Z'],
  'two digits of a year, generalized': [tags.generalizedTime, '600601000000Z'],
  'the year 0': [tags.generalizedTime, '00000601000000Z'],
  'a year before 2050, generalized': [tags.generalizedTime, '20270601000000Z'],
  'the type of a text': [tags.visibleString, '270601000000Z'],
};

export const times: Mutants = Object.fromEntries(
  Object.entries(instants).flatMap(([what, [tag, value]]) =>
    (['notBefore', 'notAfter'] as const).map((field) => [
      `${what} in ${field}`,
      (parts: { notBefore: Tree; notAfter: Tree }) => {
        parts[field] = text(tag, value);
      },
    ]),
  ),
);

/** An extension that no template has, as it must not be. */
const other =
  (id: string, value: Tree, critical = false) =>
  (parts: Parameters<typeof put>[0]) =>
    put(parts, id, value, critical);
const host = text(0x82, 'a.example');
const access = sequence(sequence(oid('2b06010505073001'), text(0x86, 'http://a.example/')));

export const otherExtensions: Mutants = {
  'critical access to its authority': other('2b06010505070101', access, true),
  'no access to its authority': other('2b06010505070101', sequence()),
  'critical access to its subject': other('2b0601050507010b', access, true),
  'no access to its subject': other('2b0601050507010b', sequence()),
  'critical directory attributes': other('551d09', access, true),
  'no directory attributes': other('551d09', sequence()),
  'critical places of delta lists': other('551d2e', sequence(sequence({ tag: 0xa0, content: [] })), true),
  'no places of revocation lists': other('551d1f', sequence()),
  'critical names of its issuer': other('551d12', sequence(host), true),
  'no names of its issuer': other('551d12', sequence()),
  'an address of its issuer of three octets': other('551d12', sequence(element(0x87, hex('0a0000')))),
  'no policies': other('551d20', sequence()),
  'a policy without an identifier': other('551d20', sequence(sequence())),
  'policies in a set': other('551d20', { tag: tags.set, content: [sequence(oid('2a03'))] }),
  'no policy constraints': other('551d24', sequence(), true),
  'policy constraints of a number without bytes': other('551d24', sequence(element(0x80)), true),
  'negative policy constraints': other('551d24', sequence(element(0x80, hex('ff'))), true),
  'a mapping to any policy': other('551d21', sequence(sequence(oid('2a03'), oid('551d2000'))), true),
  'a mapping of one policy': other('551d21', sequence(sequence(oid('2a03'))), true),
  'inhibition that is not critical': other('551d36', integer('00')),
  'inhibition that is a list': other('551d36', sequence(integer('00')), true),
  'name constraints on a leaf': other('551d1e', sequence({ tag: 0xa0, content: [sequence(host)] }), true),
  'name constraints of a third kind': other('551d1e', sequence({ tag: 0xa2, content: [sequence(host)] }), true),
  'a subtree that is a text': other('551d1e', sequence({ tag: 0xa0, content: [host] }), true),
  'timestamps of logs that are a list': other('2b06010401d679020402', sequence()),
  'critical timestamps of logs': other('2b06010401d679020402', element(tags.octetString, hex('0000')), true),
};
