import { tags } from '../../../sign/x509/der.ts';
import { extension, having, put, raw, type TbsParts } from '../../bad-tbs.ts';
import { bytesOf, element, hex, integer, itemsOf, oid, sequence, type Tree, text } from '../../der-tree.ts';
import { root } from '../../good-tbs.ts';

/** What becomes of a good leaf's fields; what it returns, if anything, is written in their place. */
export type Mutants = Readonly<Record<string, (parts: TbsParts) => unknown>>;

const bits = (content: string) => element(tags.bitString, hex(content));
/** An extension's value stands for the one that is there. */
const value =
  (name: string, tree: Tree, critical = false) =>
  (parts: TbsParts) =>
    put(parts, name, tree, critical);
const first = ({ extensions }: TbsParts) => itemsOf(extensions?.[0] ?? sequence());

export const elements: Mutants = {
  'unused bits that are not zero': value('keyUsage', bits('07 81'), true),
  'more unused bits than a byte has': value('keyUsage', bits('08 80'), true),
  'unused bits without a byte': value('keyUsage', bits('01'), true),
  'a bit string without its first byte': value('keyUsage', bits(''), true),
  'a key whose bits are no whole bytes': ({ publicKey }) => {
    (itemsOf(publicKey)[1]?.content as Uint8Array)[0] = 1;
  },
  'a positive number with a zero too many': having({ serial: integer('00 5a02030405060708090a') }),
  'a negative number with a byte too many': having({ serial: integer('ff ff02030405060708090a') }),
  'a number without bytes': having({ serial: integer('') }),
  'a path length with a zero too many': value(
    'basicConstraints',
    sequence(element(tags.boolean, hex('ff')), integer('0001')),
    true,
  ),
  'a boolean of two bytes': (parts) => void first(parts).splice(1, 1, element(tags.boolean, hex('ffff'))),
  'a boolean that is 1': (parts) => void first(parts).splice(1, 1, element(tags.boolean, hex('01'))),
  'a null with content': ({ publicKey }) => {
    itemsOf(itemsOf(publicKey)[0] ?? sequence())[1] = element(tags.null, hex('00'));
  },
  'an identifier that is not minimal': value('extendedKeyUsage', sequence(oid('2b80060105'))),
  'an identifier that is cut off': value('extendedKeyUsage', sequence(oid('2b86'))),
  'an identifier without bytes': value('extendedKeyUsage', sequence(oid(''))),
  'a set that is not in order': (parts) => {
    const [a, b] = ['a', 'b'].map((name) => sequence(oid('55040a'), text(tags.printableString, name)));
    parts.subject = sequence({ tag: tags.set, content: [b ?? sequence(), a ?? sequence()] });
  },
  'a tag of several bytes': ({ more }) => void more.push(raw(hex('bf8c00 02 0500'))),
  'a text in pieces': (parts) => {
    const pieces = element(0x2c, text(tags.utf8String, 'a'), text(tags.utf8String, 'b'));
    parts.subject = sequence({ tag: tags.set, content: [sequence(oid('550403'), pieces)] });
  },
  'an extension in pieces': (parts) => void first(parts).splice(2, 1, element(0x24, bits('07 80'))),
  'an indefinite length': having({ serial: raw(hex('02 80 01 0000')) }),
  'a length in a byte too many': having({ serial: raw(hex('02 8101 5a')) }),
  'a length in five bytes': having({ serial: raw(hex('02 840000000a 5a02030405060708090a')) }),
  'a length beyond the end': ({ more }) => void more.push(raw(hex('82 7f 00'))),
  'a length of 2 GiB': ({ more }) => void more.push(raw(hex('82 847fffffff 00'))),
  'an element of a type that no certificate has': ({ algorithm }) =>
    void itemsOf(algorithm).push(element(0x0a, hex('01'))),
};

export const fields: Mutants = {
  'no fields': () => bytesOf(sequence()),
  'a set of fields': (parts) => bytesOf({ tag: tags.set, content: [parts.serial] }),
  'version 4': having({ version: { tag: 0xa0, content: [integer('03')] } }),
  'version 1, spelled out': having({ version: { tag: 0xa0, content: [integer('00')] } }),
  'a version in two bytes': having({ version: { tag: 0xa0, content: [integer('0102')] } }),
  'a version twice': having({ version: { tag: 0xa0, content: [integer('02'), integer('02')] } }),
  'a version that is no number': having({ version: { tag: 0xa0, content: [text(tags.utf8String, '2')] } }),
  'version 1 and a unique identifier': (parts) => {
    parts.version = undefined;
    parts.more.push(element(0x81, hex('00 01')));
  },
  'unique identifiers in the wrong order': ({ more }) =>
    void more.push(element(0x82, hex('00 01')), element(0x81, hex('00 01'))),
  'a field twice': ({ more, extensions }) => void more.push({ tag: 0xa3, content: [sequence(...(extensions ?? []))] }),
  'a field that nobody knows': ({ more }) => void more.push(element(0x84, hex('00'))),
  'a serial number that is a text': having({ serial: text(tags.utf8String, '1234567890') }),
  'no algorithm': having({ algorithm: sequence() }),
  'the signature of MD5': having({ algorithm: sequence(oid('2a864886f70d010104'), element(tags.null)) }),
  'a signature of RSA without its parameter': having({ algorithm: sequence(oid('2a864886f70d01010b')) }),
  'a signature by RSA-PSS': having({ algorithm: sequence(oid('2a864886f70d01010a'), sequence()) }),
  'a subject that is a text': having({ subject: text(tags.utf8String, 'a') }),
  'a name without an attribute': having({ subject: sequence({ tag: tags.set, content: [] }) }),
  'an attribute without a value': having({ subject: sequence({ tag: tags.set, content: [sequence(oid('550403'))] }) }),
  'an attribute with two values': (parts) => {
    const name = text(tags.utf8String, 'a');
    parts.subject = sequence({ tag: tags.set, content: [sequence(oid('550403'), name, name)] });
  },
  'an attribute outside of a set': having({ subject: sequence(sequence(oid('550403'), text(tags.utf8String, 'a'))) }),
  'an issuer without a name': having({ issuer: sequence() }),
  'a key without an identifier': having({ publicKey: sequence(bits('00 01')) }),
  'a key that is missing': having({ publicKey: sequence() }),
};

export const extensions: Mutants = {
  'an extension that is a text': ({ extensions }) => void extensions?.push(text(tags.utf8String, 'a')),
  'an extension without a value': ({ extensions }) => void extensions?.push(sequence(oid('2a03'))),
  'an extension whose value is a text': ({ extensions }) =>
    void extensions?.push(sequence(oid('2a03'), text(tags.utf8String, 'a'))),
  'something behind an extension': (parts) => void first(parts).push(element(tags.null)),
  'something behind the value of an extension': (parts) =>
    void first(parts).splice(2, 1, element(tags.octetString, bits('07 80'), hex('00'))),
  'something behind the list of extensions': (parts) => {
    parts.more.push({ tag: 0xa3, content: [sequence(...(parts.extensions ?? [])), element(tags.null)] });
    parts.extensions = undefined;
  },
  'no extensions': having({ extensions: undefined }),
  'a critical extension of a log’s draft': ({ extensions }) =>
    void extensions?.push(extension('2b06010401d679020403', element(tags.null), true)),
  'a key usage that is a string of octets': value('keyUsage', element(tags.octetString, hex('80')), true),
  'usages in a set': value('extendedKeyUsage', { tag: tags.set, content: [oid('2b06010505070301')] }),
  'a usage that is a text': value('extendedKeyUsage', sequence(text(tags.ia5String, 'serverAuth'))),
  'names in a set': value('subjectAltName', { tag: tags.set, content: [text(0x82, 'a')] }),
  'names that are a text': value('subjectAltName', text(tags.ia5String, 'a.example')),
  'a name in pieces': value('subjectAltName', sequence({ tag: 0xa2, content: [text(0x82, 'a.example')] })),
  'constraints in a set': value('basicConstraints', { tag: tags.set, content: [] }, true),
  'constraints in the wrong order': value(
    'basicConstraints',
    sequence(integer('00'), element(tags.boolean, hex('ff'))),
    true,
  ),
  'a key identifier that is a number': value('subjectKeyId', integer('01')),
  'an issuer’s key identifier that is a string of octets': value(
    'authorityKeyId',
    element(tags.octetString, hex('01')),
  ),
  'an issuer’s key identifier of a form that there is not': value('authorityKeyId', sequence(element(0x83, hex('01')))),
  'nothing in an issuer’s key identifier': value('authorityKeyId', sequence()),
  'the serial number of the issuer before its name': value(
    'authorityKeyId',
    sequence(element(0x82, hex('01')), element(0xa1, element(0xa4, root.subject))),
  ),
};
