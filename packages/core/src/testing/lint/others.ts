import { tags } from '../../sign/x509/der.ts';
import { parseCertificate } from '../../sign/x509/parse.ts';
import { certificateOf, drop, having, mark, put, type TbsParts } from '../bad-tbs.ts';
import { element, hex, integer, oid, sequence, type Tree, text } from '../der-tree.ts';
import { authorityTemplate, goodTbs, root } from '../good-tbs.ts';
import { type Row, row } from './row.ts';

const keyId = element(0x80, root.subjectKeyId ?? new Uint8Array());
const issuerKey =
  (...parts: readonly Tree[]) =>
  (all: TbsParts) =>
    put(all, 'authorityKeyId', sequence(...parts));
const rootName = element(0xa1, element(0xa4, root.subject));
const leaf = parseCertificate(certificateOf(goodTbs()), 'leaf');

export const identifiers: readonly Row[] = [
  row('issuer-name', 'that names another issuer', {
    change: having({
      issuer: sequence({
        tag: tags.set,
        content: [sequence(oid('550403'), text(tags.utf8String, 'kubernetes'))],
      }),
    }),
  }),
  row('authority-key-id', 'that does not name the key of its issuer', {
    change: (parts) => drop(parts, 'authorityKeyId'),
  }),
  row('authority-key-id', 'that names another key as its issuer’s', {
    change: issuerKey(element(0x80, hex('01020304'))),
  }),
  row('authority-key-id', 'that names its issuer by name and serial number alone', {
    change: issuerKey(rootName, element(0x82, hex(root.serial))),
    along: ['authority-key-id-form'],
  }),
  row('authority-key-id', 'that names the serial number of another certificate', {
    change: issuerKey(keyId, rootName, element(0x82, hex('01'))),
    along: ['authority-key-id-form'],
  }),
  row('authority-key-id', 'that signs itself and names another key', {
    template: authorityTemplate,
    self: true,
    change: issuerKey(element(0x80, hex('01020304'))),
  }),
  row('authority-key-id-form', 'that names its issuer in all ways', {
    change: issuerKey(keyId, rootName, element(0x82, hex(root.serial))),
  }),
  row('der', 'that names its issuer by a serial number without a name', {
    change: issuerKey(keyId, element(0x82, hex(root.serial))),
  }),
  row('subject-key-id-authority', 'of an authority without the identifier of its key', {
    template: { ...authorityTemplate, subjectKeyId: false },
  }),
  row('subject-key-id-leaf', 'of a leaf without the identifier of its key', {
    change: (parts) => drop(parts, 'subjectKeyId'),
  }),
  row('key-ids-critical', 'whose issuer’s key identifier is critical', {
    change: (parts) => mark(parts, 'authorityKeyId', true),
  }),
  row('key-ids-critical', 'whose key identifier is critical', { change: (parts) => mark(parts, 'subjectKeyId', true) }),
  row('issuer-signs', 'that a leaf issued', {
    change: (parts) => {
      parts.issuer = { tag: 0, content: leaf.subject, header: new Uint8Array() };
      issuerKey(element(0x80, leaf.subjectKeyId ?? ''))(parts);
    },
    context: { issuer: leaf },
  }),
];

const policy = (id: string) => sequence(oid(id));
const [names, policies, mappings, limits, inhibit] = ['551d1e', '551d20', '551d21', '551d24', '551d36'];
/** An authority with such an extension. */
const authority = (rule: string, what: string, id: string, value: Tree, critical: boolean): Row =>
  row(rule, `of an authority with ${what}`, {
    template: authorityTemplate,
    change: (parts) => put(parts, id, value, critical),
  });
const permitted = (...subtrees: readonly Tree[]) => sequence({ tag: 0xa0, content: [...subtrees] });
const host = text(0x82, 'example');
const place = sequence({ tag: 0xa0, content: [element(0xa0, text(0x86, 'http://a.example/crl'))] });

export const others: readonly Row[] = [
  authority('other-critical', 'name constraints that are not critical', names, permitted(sequence(host)), false),
  authority(
    'other-critical',
    'policy constraints that are not critical',
    limits,
    sequence(element(0x80, hex('00'))),
    false,
  ),
  authority('other-critical', 'a critical way to it', '2b06010505070101', sequence(policy('2a03')), true),
  row('other-critical', 'with a critical place of revocation lists', {
    change: (parts) => put(parts, '551d1f', sequence(place), true),
  }),
  row('other-authority', 'of a leaf with name constraints', {
    change: (parts) => put(parts, names, permitted(sequence(host)), true),
  }),
  authority(
    'name-constraints',
    'a range of five octets',
    names,
    permitted(sequence(element(0x87, hex('0a000000ff')))),
    true,
  ),
  authority(
    'name-constraints',
    'a mask with holes',
    names,
    permitted(sequence(element(0x87, hex('0a000000ff00ff00')))),
    true,
  ),
  authority(
    'name-constraints',
    'a constraint on registered names',
    names,
    permitted(sequence(element(0x88, hex('2a03')))),
    true,
  ),
  authority(
    'name-constraints',
    'a subtree with a minimum',
    names,
    permitted(sequence(host, element(0x80, hex('01')))),
    true,
  ),
  authority('name-constraints', 'no subtree among those permitted', names, permitted(), true),
  authority('policies', 'a policy twice', policies, sequence(policy('2a03'), policy('2a03')), false),
  authority('policies', 'any policy mapped', mappings, sequence(sequence(oid('551d2000'), oid('2a03'))), true),
  authority('policies', 'a negative count of policies', inhibit, integer('ff'), true),
  row('revocation-places', 'with a revocation list that is nowhere', {
    change: (parts) => put(parts, '551d1f', sequence(sequence(element(0x81, hex('01 02'))))),
  }),
  row('issuer-names', 'whose issuer has a blank for a name', {
    change: (parts) => put(parts, '551d12', sequence(text(0x82, ' '))),
  }),
];
