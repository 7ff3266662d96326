import { contentOf, DerError, dotted, type Element, elementsIn, onlyElement, tags } from './der.ts';
import { hexOf, latin1Of } from './text.ts';

/** An attribute of a Name; `type` is `O`, `CN`, or an object identifier. */
export type Attribute = { readonly type: string; readonly value: string };

/** An attribute with its string's tag and bytes. */
export type NamePart = Attribute & { readonly tag: number; readonly bytes: Uint8Array };

/** The attributes of a Name in the order of its DER, those of a multi-valued RDN one after another. @throws DerError */
export function readName(name: Uint8Array): readonly Attribute[] {
  return readNameParts(name).map(({ type, value }) => ({ type, value }));
}

/** The same, as they are written. @throws DerError */
export function readNameParts(name: Uint8Array): readonly NamePart[] {
  const parts: NamePart[] = [];
  for (const rdn of elementsIn(name, onlyElement(name, tags.sequence))) {
    const attributes = rdn.tag === tags.set ? elementsIn(name, rdn) : [];
    if (attributes.length === 0) throw noAttribute();
    for (const attribute of attributes) parts.push(partIn(name, attribute));
  }
  return parts;
}

function partIn(name: Uint8Array, attribute: Element): NamePart {
  const parts = attribute.tag === tags.sequence ? elementsIn(name, attribute) : [];
  const [oid, value] = parts;
  if (oid?.tag !== tags.oid || value === undefined || parts.length > 2) throw noAttribute();
  const bytes = contentOf(name, value);
  return { type: typeOf(contentOf(name, oid)), value: textOf(value.tag, bytes), tag: value.tag, bytes };
}

function noAttribute(): DerError {
  return new DerError('a name holds no attribute where it must');
}

function typeOf(oid: Uint8Array): string {
  // 2.5.4.3 and 2.5.4.10, without a way by text.
  if (oid.length === 3 && oid[0] === 0x55 && oid[1] === 0x04) {
    if (oid[2] === 3) return 'CN';
    if (oid[2] === 10) return 'O';
  }
  return dotted(oid);
}

function textOf(tag: number, content: Uint8Array): string {
  switch (tag) {
    case tags.utf8String:
      return Buffer.from(content).toString('utf8');
    case tags.printableString:
    case tags.ia5String:
    case tags.teletexString:
      return latin1Of(content);
    case tags.bmpString:
      return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : hexOf(content);
    default:
      return hexOf(content);
  }
}
