import { contentOf, dotted, elementsIn, onlyElement, tags } from './der.ts';
import { dottedOids } from './oids.ts';

/** An attribute of a Name; `type` is `O`, `CN`, or an object identifier. */
export type Attribute = { readonly type: string; readonly value: string };

/** The attributes of a Name in the order of its DER, those of a multi-valued RDN one after another. @throws DerError */
export function readName(name: Uint8Array): readonly Attribute[] {
  return elementsIn(name, onlyElement(name, tags.sequence))
    .flatMap((rdn) => elementsIn(name, rdn))
    .map((attribute) => {
      const [oid, value] = elementsIn(name, attribute);
      if (oid === undefined || value === undefined) return { type: '', value: '' };
      return { type: typeOf(dotted(contentOf(name, oid))), value: textOf(value.tag, contentOf(name, value)) };
    });
}

function typeOf(oid: string): string {
  if (oid === dottedOids.CN) return 'CN';
  return oid === dottedOids.O ? 'O' : oid;
}

function textOf(tag: number, content: Uint8Array): string {
  const bytes = Buffer.from(content);
  switch (tag) {
    case tags.utf8String:
      return bytes.toString('utf8');
    case tags.printableString:
    case tags.ia5String:
    case tags.teletexString:
      return bytes.toString('latin1');
    case tags.bmpString:
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : bytes.toString('hex');
    default:
      return bytes.toString('hex');
  }
}
