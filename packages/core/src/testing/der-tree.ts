import { contentOf, elementAt, elementsIn, encodeElement, onlyElement, tags } from '../sign/x509/der.ts';

/** An element of DER that can be changed and written again, also as what is no DER. */
export type Tree = {
  tag: number;
  /** The elements that it is made of, or its bytes. */
  content: Tree[] | Uint8Array;
  /** What is written in the place of tag and length. */
  header?: Uint8Array;
};

/** Reads an element with all that lies in it. */
export function treeOf(bytes: Uint8Array, at = 0): Tree {
  const element = elementAt(bytes, at, bytes.length);
  const { tag } = element;
  const inner = (tag & 0x20) === 0 ? undefined : elementsIn(bytes, element);
  return { tag, content: inner?.map(({ start }) => treeOf(bytes, start)) ?? contentOf(bytes, element).slice() };
}

export function bytesOf({ tag, content, header }: Tree): Uint8Array {
  const parts = Array.isArray(content) ? content.map(bytesOf) : [content];
  return header === undefined ? encodeElement(tag, ...parts) : Buffer.concat([header, ...parts]);
}

export const sequence = (...content: Tree[]): Tree => ({ tag: tags.sequence, content });
export const element = (tag: number, ...content: (Tree | Uint8Array | string)[]): Tree => ({
  tag,
  content: Buffer.concat(content.map((part) => (isTree(part) ? bytesOf(part) : bytes(part)))),
});
/** Bytes of a hexadecimal text; blanks are for people. */
export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const integer = (text: string): Tree => element(tags.integer, hex(text));
export const oid = (text: string): Tree => element(tags.oid, hex(text));
export const text = (tag: number, value: string): Tree => element(tag, Buffer.from(value, 'latin1'));

/** What a tree is made of. @throws TypeError where it holds bytes */
export function itemsOf({ content }: Tree): Tree[] {
  if (!Array.isArray(content)) throw new TypeError('an element that holds bytes');
  return content;
}

/** The one element that bytes are, as its parts. */
export function partsOf(der: Uint8Array): Tree[] {
  onlyElement(der, der[0] ?? 0);
  return itemsOf(treeOf(der));
}

function isTree(part: Tree | Uint8Array | string): part is Tree {
  return typeof part === 'object' && 'tag' in part;
}

function bytes(part: Uint8Array | string): Uint8Array {
  return typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
}
