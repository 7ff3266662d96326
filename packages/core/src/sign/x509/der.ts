/** Bytes that are not DER. The message names the place in the structure, never the bytes. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** An element of DER (X.690): its tag, and where its header, its content and its end lie. */
export type Element = { readonly tag: number; readonly start: number; readonly content: number; readonly end: number };

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The element at `at`, which must end by `limit`. @throws DerError for what is not DER, indefinite lengths among it */
export function elementAt(bytes: Uint8Array, at: number, limit: number): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit) throw new DerError('it ends too early');
  if ((tag & 0x1f) === 0x1f) throw new DerError('it has a tag of more than one byte');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 3) throw new DerError('it has an indefinite or a huge length');
  let length = count === 0 ? first : 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  if (count > 0 && length < (count === 1 ? 0x80 : 256 ** (count - 1))) throw new DerError('a length is not minimal');
  const content = at + 2 + count;
  if (content + length > limit) throw new DerError('it ends too early');
  return { tag, start: at, content, end: content + length };
}

/** The one element that `bytes` consist of. @throws DerError also for what follows it */
export function onlyElement(bytes: Uint8Array, tag: number): Element {
  const element = elementAt(bytes, 0, bytes.length);
  if (element.tag !== tag) throw new DerError('it starts with an unexpected tag');
  if (element.end !== bytes.length) throw new DerError('something follows it');
  return element;
}

/** The elements that an element is made of. @throws DerError */
export function elementsIn(bytes: Uint8Array, parent: { readonly content: number; readonly end: number }): Element[] {
  const found: Element[] = [];
  for (let at = parent.content; at < parent.end; ) {
    const element = elementAt(bytes, at, parent.end);
    found.push(element);
    at = element.end;
  }
  return found;
}

/** An element with its header, as a view. */
export function whole(bytes: Uint8Array, element: Element): Uint8Array {
  return bytes.subarray(element.start, element.end);
}

/** An element's content, as a view. */
export function contentOf(bytes: Uint8Array, element: Element): Uint8Array {
  return bytes.subarray(element.content, element.end);
}

/** The bytes of a BIT STRING that is a number of whole bytes. @throws DerError */
export function bitsOf(bytes: Uint8Array, element: Element): Uint8Array {
  if (element.tag !== tags.bitString || bytes[element.content] !== 0)
    throw new DerError('it holds no plain bit string');
  return bytes.subarray(element.content + 1, element.end);
}

/** An element of a tag and the parts of its content. */
export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  let sizes = 0;
  for (let rest = length; length >= 0x80 && rest > 0; rest >>>= 8) sizes += 1;
  let at = 2 + sizes;
  const element = new Uint8Array(at + length);
  element[0] = tag;
  element[1] = sizes === 0 ? length : 0x80 | sizes;
  for (let index = 0; index < sizes; index++) element[1 + sizes - index] = length >>> (8 * index);
  for (const part of parts) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

/** An object identifier's content in the dotted form. */
export function dotted(oid: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of oid) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...others].join('.');
}
