import { tags } from '../../sign/x509/der.ts';
import { drop, having, mark, put, type TbsParts } from '../bad-tbs.ts';
import { element, hex, integer, itemsOf, oid, sequence } from '../der-tree.ts';
import { authorityTemplate, leafTemplate } from '../good-tbs.ts';
import { type Row, row } from './row.ts';

const bits = (text: string) => element(tags.bitString, hex(text));
const usage = (text: string) => (parts: TbsParts) => put(parts, 'keyUsage', bits(text), true);
const purposes =
  (...list: readonly string[]) =>
  (parts: TbsParts) =>
    put(parts, 'extendedKeyUsage', sequence(...list.map(oid)));
const rsaKey = (modulus: string, exponent: string, parameters = element(tags.null)) =>
  sequence(
    sequence(oid('2a864886f70d010101'), parameters),
    element(tags.bitString, hex('00'), sequence(integer(modulus), integer(exponent))),
  );
const modulus = (octets: number) => `00${'c7'.repeat(octets)}`;

function offCurve({ publicKey }: TbsParts): void {
  const point = itemsOf(publicKey)[1]?.content as Uint8Array;
  point[40] = (point[40] ?? 0) ^ 1;
}

/** Keys that are none, or none that Kubernetes reads. */
const badKeys: Readonly<Record<string, (parts: TbsParts) => void>> = {
  'of RSA with 1024 bits': having({ publicKey: rsaKey(modulus(128), '010001') }),
  'of RSA with an even exponent': having({ publicKey: rsaKey(modulus(256), '010000') }),
  'of RSA with the exponent 1': having({ publicKey: rsaKey(modulus(256), '01') }),
  'of RSA with a negative modulus': having({ publicKey: rsaKey('c7'.repeat(256), '010001') }),
  'of RSA with a negative exponent': having({ publicKey: rsaKey(modulus(256), 'ff01') }),
  'of RSA with an even modulus': having({ publicKey: rsaKey(`${modulus(255)}c6`, '010001') }),
  'of RSA without its parameter': having({
    publicKey: sequence(sequence(oid('2a864886f70d010101')), ...itemsOf(rsaKey(modulus(256), '03')).slice(1)),
  }),
  'of RSA that stands there twice': having({
    publicKey: sequence(...itemsOf(rsaKey(modulus(256), '03')), ...itemsOf(rsaKey(modulus(256), '03')).slice(1)),
  }),
  'on a curve that nobody reads': ({ publicKey }) => {
    itemsOf(itemsOf(publicKey)[0] ?? sequence())[1] = oid('2b8104000a');
  },
  'as a compressed point': ({ publicKey }) => {
    itemsOf(publicKey)[1] = bits(`0002${'11'.repeat(32)}`);
  },
  'as a hybrid point': ({ publicKey }) => {
    const point = itemsOf(publicKey)[1]?.content as Uint8Array;
    point[1] = 6;
  },
  'that is not on its curve': offCurve,
  'of a kind that nobody knows': having({ publicKey: sequence(sequence(oid('2a03')), bits('00 01')) }),
};

export const usages: readonly Row[] = [
  ...Object.entries(badKeys).map(([what, change]) => row('key-kind', `with a key ${what}`, { change })),
  // So a tree's files are verified: what they were to become is known, and whose key it is, is not.
  row('key-kind', 'with a key off its curve, held against its template', {
    change: offCurve,
    context: { template: leafTemplate },
  }),
  row('key-usage', 'without key usages', { change: (parts) => drop(parts, 'keyUsage') }),
  row('key-usage', 'whose key usages are not critical', { change: (parts) => mark(parts, 'keyUsage', false) }),
  row('key-usage-form', 'whose key usages go on behind the last', { change: usage('00 80') }),
  row('key-usage-form', 'with a tenth key usage', { change: usage('06 80 40') }),
  row('key-encipherment', 'that enciphers keys with ECDSA', { change: usage('05 a0') }),
  row('key-encipherment', 'that enciphers data with ECDSA', { change: usage('04 90') }),
  row('leaf-key-usage', 'that may not sign', { change: usage('03 08') }),
  row('leaf-usages', 'for signing code', { change: purposes('2b06010505070303') }),
  row('leaf-usages', 'for anything', { change: purposes('2b06010505070301', '2b06010505070302', '551d2500') }),
  row('leaf-usages', 'for nothing', { change: (parts) => drop(parts, 'extendedKeyUsage') }),
  row('usages-critical', 'whose extended key usage is critical', {
    change: (parts) => mark(parts, 'extendedKeyUsage', true),
  }),
];

const yes = element(tags.boolean, hex('ff'));

export const authorities: readonly Row[] = [
  row('authority-constraints', 'of an authority whose constraints are not critical', {
    template: authorityTemplate,
    change: (parts) => mark(parts, 'basicConstraints', false),
  }),
  row('authority-constraints', 'that signs certificates and is no authority', { change: usage('02 84') }),
  row('authority-constraints', 'that signs certificates without constraints', {
    change: (parts) => {
      drop(parts, 'basicConstraints');
      usage('02 84')(parts);
    },
  }),
  row('authority-signs', 'of an authority that may not sign certificates', {
    template: authorityTemplate,
    change: usage('01 02'),
  }),
  row('leaf-signs-no-list', 'of a leaf that signs revocation lists', { change: usage('01 82') }),
  row('authority-signs-lists', 'of an authority that cannot revoke', {
    template: authorityTemplate,
    change: usage('02 04'),
  }),
  row('path-length', 'of an authority without a path length', {
    template: authorityTemplate,
    change: (parts) => put(parts, 'basicConstraints', sequence(yes), true),
    self: true,
  }),
  row('path-length-place', 'of a leaf with a path length', {
    change: (parts) => put(parts, 'basicConstraints', sequence(integer('00')), true),
  }),
  row('path-length-place', 'with a negative path length', {
    template: authorityTemplate,
    change: (parts) => put(parts, 'basicConstraints', sequence(yes, integer('ff')), true),
  }),
  row('path-length-place', 'with a negative path length of eight bytes', {
    template: authorityTemplate,
    change: (parts) => put(parts, 'basicConstraints', sequence(yes, integer('8000000000000000')), true),
  }),
  row('path-length-issuer', 'of an authority whose path length is that of its issuer', {
    template: { ...authorityTemplate, pathLength: 1 },
  }),
  row('authority-names', 'of an authority with names', {
    template: { ...authorityTemplate, sans: { dns: ['kubernetes'], ips: [] } },
  }),
  row('authority-usages', 'of an authority for servers alone', {
    template: { ...authorityTemplate, extendedKeyUsage: ['serverAuth'] },
  }),
];
