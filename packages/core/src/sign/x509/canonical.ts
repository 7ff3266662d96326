import { DerError, elementAt, tags } from './der.ts';

/** How deep elements may lie in one another; a certificate of kubepki has nine levels. */
const deepest = 32;

const constructed = 0x20;
const universal = 0xc0;

/**
 * Checks that bytes are one element in DER with all that lies in it (X.690 8, 10 and 11): tags, lengths, and the
 * contents of the universal types. What an OCTET STRING holds is not looked at.
 * @throws DerError for the first thing that is not
 */
export function checkCanonical(bytes: Uint8Array): void {
  if (checkElement(bytes, { at: 0, limit: bytes.length, depth: 1 }) !== bytes.length) {
    throw new DerError('something follows it');
  }
}

export type Place = { readonly at: number; readonly limit: number; readonly depth: number };

/** Checks the element at a place, and gives where it ends. */
export function checkElement(bytes: Uint8Array, { at, limit, depth }: Place): number {
  if (depth > deepest) throw new DerError(`it is more than ${deepest} levels deep`);
  const { tag, content, end } = elementAt(bytes, at, limit);
  const inner = (tag & constructed) !== 0;
  if ((tag & universal) === 0) checkUniversal(bytes, { tag, content, end });
  if (!inner) return end;
  let previous = -1;
  for (let next = content; next < end; ) {
    const after = checkElement(bytes, { at: next, limit: end, depth: depth + 1 });
    if (
      tag === tags.set &&
      previous >= 0 &&
      Buffer.compare(bytes.subarray(previous, next), bytes.subarray(next, after)) > 0
    )
      throw new DerError('a set is not in order');
    previous = next;
    next = after;
  }
  return end;
}

type Content = { readonly tag: number; readonly content: number; readonly end: number };

function checkUniversal(bytes: Uint8Array, { tag, content, end }: Content): void {
  const length = end - content;
  const [first, second] = [bytes[content] ?? 0, bytes[content + 1] ?? 0];
  switch (tag) {
    case tags.boolean:
      if (length !== 1 || (first !== 0 && first !== 0xff)) throw new DerError('a boolean is neither 00 nor ff');
      return;
    case tags.integer:
      if (length === 0) throw new DerError('an integer is empty');
      if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
        throw new DerError('an integer is not minimal');
      return;
    case tags.bitString:
      checkBits(bytes, { tag, content, end });
      return;
    case tags.null:
      if (length !== 0) throw new DerError('a null has content');
      return;
    case tags.oid:
      checkOid(bytes, { tag, content, end });
      return;
    case tags.sequence:
    case tags.set:
    case tags.octetString:
    case tags.utf8String:
    case tags.printableString:
    case tags.teletexString:
    case tags.ia5String:
    case tags.utcTime:
    case tags.generalizedTime:
    case tags.visibleString:
    case tags.universalString:
    case tags.bmpString:
      return;
    default:
      throw new DerError(`it has an element of type ${tag}, which no certificate has`);
  }
}

/** The bits after the last are zero (X.690 11.2.1). */
function checkBits(bytes: Uint8Array, { content, end }: Content): void {
  const unused = bytes[content] ?? 8;
  const last = bytes[end - 1] ?? 0;
  if (end === content || unused > 7 || (unused > 0 && (end - content === 1 || (last & ((1 << unused) - 1)) !== 0)))
    throw new DerError('a bit string has unused bits that are not zero');
}

/** Each number in base 128 without leading zeros, the last byte of each below 0x80 (X.690 8.19). */
function checkOid(bytes: Uint8Array, { content, end }: Content): void {
  let start = true;
  for (let at = content; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (start && byte === 0x80) throw new DerError('an object identifier is not minimal');
    start = byte < 0x80;
  }
  if (content === end || !start) throw new DerError('an object identifier is cut off');
}
