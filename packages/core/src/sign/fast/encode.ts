import type { Template, Values } from '../certificate.ts';
import { tags } from '../x509/der.ts';
import { keyIdOf } from '../x509/key-id.ts';
import { checkDns, ipBytes } from '../x509/sans.ts';
import { writeName, writeSans, writeSerial, writeTime } from './fields.ts';
import { kindOf, type Piece, type Skeleton, skeletonOf } from './skeleton.ts';
import { to } from './writer.ts';

const extensionsTag = 0xa3;
/** [0] { INTEGER 2 }: version 3. */
const version = Uint8Array.of(0xa0, 3, tags.integer, 1, 2);
/** Of an issuer; a cluster has six or so. */
const mostKinds = 64;

/** By issuer, and then by kind. */
const skeletons = new WeakMap<NonNullable<Values['issuer']>, Map<string, Skeleton>>();

/**
 * The bytes that x509/encode.ts gives, sooner, where `isKnown` says that they are known here (known.ts).
 * @throws PkiError SAN_INVALID
 */
export function encodeKnown(template: Template, values: Values): Uint8Array {
  const { algorithm, extensions } = skeletonFor(template, values);
  const { dns, ips } = template.sans;
  dns.forEach(checkDns);
  // In their order, as the first one that is wrong is told.
  const addresses = ips.map(ipBytes);
  to.begin();
  for (let index = extensions.length - 1; index >= 0; index--) {
    writeExtension(extensions[index] as Piece, { dns, addresses, publicKey: values.publicKey });
  }
  to.header(tags.sequence, 0);
  to.header(extensionsTag, 0);
  to.bytes(values.publicKey);
  writeName(template.subject);
  const validity = to.length();
  writeTime(values.notAfter);
  writeTime(values.notBefore);
  to.header(tags.sequence, validity);
  if (values.issuer === undefined) writeName(template.subject);
  else to.bytes(values.issuer.subject);
  to.bytes(algorithm);
  writeSerial(values.serial);
  to.bytes(version);
  to.header(tags.sequence, 0);
  return to.take();
}

function skeletonFor(template: Template, values: Values): Skeleton {
  const { issuer } = values;
  if (issuer === undefined) return skeletonOf(template, values);
  const kinds = skeletons.get(issuer) ?? new Map<string, Skeleton>();
  skeletons.set(issuer, kinds);
  const kind = kindOf(template, values);
  const skeleton = kinds.get(kind) ?? skeletonOf(template, values);
  if (kinds.size < mostKinds) kinds.set(kind, skeleton);
  return skeleton;
}

type Filling = {
  readonly dns: readonly string[];
  readonly addresses: readonly Uint8Array[];
  readonly publicKey: Uint8Array;
};

function writeExtension(piece: Piece, { dns, addresses, publicKey }: Filling): void {
  if (piece.kind === 'same') {
    to.bytes(piece.bytes);
    return;
  }
  const since = to.length();
  if (piece.kind === 'subjectAltName') writeSans(dns, addresses);
  else {
    to.bytes(keyIdOf(publicKey));
    to.header(tags.octetString, since);
  }
  to.header(tags.octetString, since);
  to.bytes(piece.head);
  to.header(tags.sequence, since);
}
