import type { Template, Values } from '../certificate.ts';
import { type Element, elementAt, elementsIn, onlyElement, tags } from '../x509/der.ts';
import { oids } from '../x509/oids.ts';
import { hexOf } from '../x509/text.ts';

/** What certificates of one issuer and one profile have in common, in DER, cut at the fields that they have not. */
export type Skeleton = {
  /** Before the serial number. */
  readonly version: Uint8Array;
  /** Between serial number and validity: the algorithm and the issuer's name. */
  readonly issuer: Uint8Array;
  /** The extensions in their order. */
  readonly extensions: readonly Piece[];
};

/** Extensions as they stand, or one up to its value. */
export type Piece =
  | { readonly kind: 'same'; readonly bytes: Uint8Array }
  | { readonly kind: 'subjectAltName' | 'subjectKeyId'; readonly head: Uint8Array };

/** Cuts what pkijs encoded. @throws DerError */
export function skeletonOf(tbs: Uint8Array): Skeleton {
  const fields = elementsIn(tbs, onlyElement(tbs, tags.sequence));
  const [version, , algorithm, issuer, , , , wrapper] = fields;
  if (!version || !algorithm || !issuer || !wrapper) throw new TypeError('a field is missing');
  return {
    version: tbs.slice(version.start, version.end),
    issuer: tbs.slice(algorithm.start, issuer.end),
    extensions: elementsIn(tbs, elementAt(tbs, wrapper.content, wrapper.end)).map((element) => pieceOf(tbs, element)),
  };
}

function pieceOf(tbs: Uint8Array, extension: Element): Piece {
  const parts = elementsIn(tbs, extension);
  const [oid, value] = [parts[0], parts.at(-1)];
  if (!oid || !value) throw new TypeError('an extension is empty');
  const identifier = hexOf(tbs.subarray(oid.content, oid.end));
  const head = tbs.slice(extension.content, value.start);
  if (identifier === oids.subjectAltName) return { kind: 'subjectAltName', head };
  if (identifier === oids.subjectKeyId) return { kind: 'subjectKeyId', head };
  return { kind: 'same', bytes: tbs.slice(extension.start, extension.end) };
}

/** What decides all the bytes of a leaf but those of its fields, beside the issuer. */
export function kindOf(
  { subject, keyUsage, extendedKeyUsage, sans, subjectKeyId }: Template,
  { signer }: Values,
): string {
  const has = `${subject.length > 0} ${sans.dns.length + sans.ips.length > 0} ${subjectKeyId}`;
  return `${signer} ${keyUsage.join()} ${extendedKeyUsage.join()} ${has}`;
}
