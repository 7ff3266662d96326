import { holdsAt } from '../../x509/bytes.ts';
import { type Element, elementAt, elementsIn, onlyElement, tags, whole } from '../../x509/der.ts';
import { oids } from '../../x509/oids.ts';
import { hexOf } from '../../x509/text.ts';

/** The extensions whose values are no part of a frame, since each certificate has others. */
export const openExtensions = ['subjectAltName', 'subjectKeyId'] as const;

/** The bytes that certificates of one authority and one purpose share: all but the fields that are open. */
export type Frame = readonly Piece[];

/** Where the fields that are open lie; of an extension its value. */
export type Places = Readonly<Record<Field, Element>> & { readonly [name in OpenExtension]?: Element };

type Field = 'serial' | 'validity' | 'subject' | 'publicKey';
type OpenExtension = (typeof openExtensions)[number];
type Piece =
  | { readonly kind: 'same'; readonly bytes: Uint8Array }
  /** A header, of what goes on to the end. */
  | { readonly kind: 'within'; readonly tag: number }
  | { readonly kind: 'field'; readonly tag: number; readonly name: Field }
  /** An extension, of which all before the value is the same. */
  | { readonly kind: 'extension'; readonly head: Uint8Array; readonly name: OpenExtension };

const versionTag = 0xa0;
const extensionsTag = 0xa3;

/** The frame of a TBSCertificate that has been read; undefined for one of an unusual build. */
export function frameOf(tbs: Uint8Array): Frame | undefined {
  const [version, serial, algorithm, issuer, validity, subject, publicKey, wrapper, ...more] = elementsIn(
    tbs,
    onlyElement(tbs, tags.sequence),
  );
  if (version?.tag !== versionTag || wrapper?.tag !== extensionsTag || more.length > 0) return undefined;
  if (!serial || !algorithm || !issuer || !validity || !subject || !publicKey) return undefined;
  return [
    { kind: 'within', tag: tags.sequence },
    { kind: 'same', bytes: whole(tbs, version) },
    { kind: 'field', tag: tags.integer, name: 'serial' },
    { kind: 'same', bytes: tbs.subarray(algorithm.start, issuer.end) },
    { kind: 'field', tag: tags.sequence, name: 'validity' },
    { kind: 'field', tag: tags.sequence, name: 'subject' },
    { kind: 'field', tag: tags.sequence, name: 'publicKey' },
    { kind: 'within', tag: extensionsTag },
    { kind: 'within', tag: tags.sequence },
    ...extensionPieces(tbs, elementAt(tbs, wrapper.content, wrapper.end)),
  ];
}

function extensionPieces(tbs: Uint8Array, list: Element): readonly Piece[] {
  return elementsIn(tbs, list).map((extension): Piece => {
    const parts = elementsIn(tbs, extension);
    const [oid, value] = [parts[0] as Element, parts.at(-1) as Element];
    const identifier = hexOf(tbs.subarray(oid.content, oid.end));
    const name = openExtensions.find((each) => oids[each] === identifier);
    if (name === undefined) return { kind: 'same', bytes: whole(tbs, extension) };
    return { kind: 'extension', head: tbs.subarray(extension.content, value.start), name };
  });
}

/**
 * Where the fields lie in other bytes that have the same frame; undefined where they have not. What lies in the fields
 * is not looked at.
 * @throws DerError
 */
export function placesIn(tbs: Uint8Array, frame: Frame): Places | undefined {
  const places: { [name in Field | OpenExtension]?: Element } = {};
  let at = 0;
  for (const piece of frame) {
    if (piece.kind === 'same') {
      if (!holdsAt(tbs, at, piece.bytes)) return undefined;
      at += piece.bytes.length;
      continue;
    }
    if (at >= tbs.length) return undefined;
    const element = elementAt(tbs, at, tbs.length);
    if (piece.kind === 'within') {
      if (element.tag !== piece.tag || element.end !== tbs.length) return undefined;
      at = element.content;
      continue;
    }
    const found = piece.kind === 'field' ? fieldIn(element, piece.tag) : valueIn(tbs, element, piece.head);
    if (found === undefined) return undefined;
    places[piece.name] = found;
    at = element.end;
  }
  return at === tbs.length ? (places as Places) : undefined;
}

function fieldIn(element: Element, tag: number): Element | undefined {
  return element.tag === tag ? element : undefined;
}

function valueIn(tbs: Uint8Array, extension: Element, head: Uint8Array): Element | undefined {
  const at = extension.content + head.length;
  if (extension.tag !== tags.sequence || at >= extension.end || !holdsAt(tbs, extension.content, head))
    return undefined;
  const value = elementAt(tbs, at, extension.end);
  return value.tag === tags.octetString && value.end === extension.end ? value : undefined;
}
