import { tags } from '../sign/x509/der.ts';
import { oids } from '../sign/x509/oids.ts';
import { bytesOf, element, hex, itemsOf, oid, sequence, type Tree, treeOf } from './der-tree.ts';

/** A TBSCertificate in its parts, to be changed. */
export type TbsParts = {
  version: Tree | undefined;
  serial: Tree;
  algorithm: Tree;
  issuer: Tree;
  notBefore: Tree;
  notAfter: Tree;
  subject: Tree;
  publicKey: Tree;
  /** Unique identifiers, or what does not belong there. */
  more: Tree[];
  extensions: Tree[] | undefined;
};

/** A TBSCertificate with one thing changed; what the change returns, if anything, is written in its place. */
export function changed(tbs: Uint8Array, change: (parts: TbsParts) => unknown): Uint8Array {
  const parts = taken(tbs);
  const instead = change(parts);
  if (instead instanceof Uint8Array) return instead;
  const { version, serial, algorithm, issuer, notBefore, notAfter, subject, publicKey, more, extensions } = parts;
  const list = extensions === undefined ? [] : [{ tag: 0xa3, content: [sequence(...extensions)] }];
  const life = sequence(notBefore, notAfter);
  const start = version === undefined ? [] : [version];
  return bytesOf(sequence(...start, serial, algorithm, issuer, life, subject, publicKey, ...more, ...list));
}

function taken(tbs: Uint8Array): TbsParts {
  const [version, serial, algorithm, issuer, life, subject, publicKey, list] = itemsOf(treeOf(tbs));
  const [notBefore, notAfter] = itemsOf(life as Tree);
  const parts = { version, serial, algorithm, issuer, notBefore, notAfter, subject, publicKey, more: [] };
  return { ...parts, extensions: itemsOf(itemsOf(list as Tree)[0] as Tree) } as unknown as TbsParts;
}

/** A certificate of the bytes, with a signature of no worth. */
export function certificateOf(tbs: Uint8Array, change: (parts: Tree[]) => unknown = () => {}): Uint8Array {
  const parts = [raw(tbs), algorithmIn(tbs), element(tags.bitString, hex('00'), new Uint8Array(70).fill(1))];
  change(parts);
  return bytesOf(sequence(...parts));
}

/** The algorithm in the bytes; where it cannot be found, ECDSA over SHA-256. */
function algorithmIn(tbs: Uint8Array): Tree {
  try {
    const found = itemsOf(treeOf(tbs)).find(({ tag }) => tag === tags.sequence);
    if (found !== undefined) return found;
  } catch {}
  return sequence(oid('2a8648ce3d040302'));
}

/** The change by which fields become others. */
export function having(fields: Partial<TbsParts>): (parts: TbsParts) => void {
  return (parts) => void Object.assign(parts, fields);
}

/** Bytes that stand as they are, whatever they hold. */
export function raw(bytes: Uint8Array): Tree {
  return { tag: 0, content: bytes, header: new Uint8Array() };
}

type Name = keyof typeof oids;
const idOf = (name: Name | (string & {})): string => (name in oids ? oids[name as Name] : name);

/** An extension by its name or by its identifier in hexadecimal. */
export function extension(name: Name | (string & {}), value: Tree | Uint8Array, critical = false): Tree {
  const flag = critical ? [element(tags.boolean, hex('ff'))] : [];
  return sequence(oid(idOf(name)), ...flag, element(tags.octetString, value));
}

/** Puts an extension in the place of the one of its kind, or behind all. */
export function put(parts: TbsParts, name: Name | (string & {}), value: Tree | Uint8Array, critical = false): void {
  const list = parts.extensions ?? [];
  const at = find(list, name);
  list.splice(at === -1 ? list.length : at, at === -1 ? 0 : 1, extension(name, value, critical));
  parts.extensions = list;
}

export function drop(parts: TbsParts, name: Name): void {
  parts.extensions = parts.extensions?.filter((_, at, list) => at !== find(list, name));
}

/** Marks an extension as critical, or as not critical. */
export function mark(parts: TbsParts, name: Name, critical: boolean): void {
  const found = parts.extensions?.[find(parts.extensions, name)];
  const [id, ...rest] = itemsOf(found as Tree);
  const flag = critical ? [element(tags.boolean, hex('ff'))] : [];
  (found as Tree).content = [id as Tree, ...flag, ...rest.filter(({ tag }) => tag !== tags.boolean)];
}

function find(list: readonly Tree[], name: Name | (string & {})): number {
  return list.findIndex((one) => Buffer.from(itemsOf(one)[0]?.content as Uint8Array).toString('hex') === idOf(name));
}

/** An attribute of a name: its identifier, its type of string and its text. */
export type Attribute = readonly [id: string, tag: number, value: string | Uint8Array];

/** A name of such attributes, each alone. */
export function nameOf(...attributes: readonly Attribute[]): Tree {
  return sequence(
    ...attributes.map(([id, tag, value]) => ({ tag: tags.set, content: [sequence(oid(id), element(tag, value))] })),
  );
}
