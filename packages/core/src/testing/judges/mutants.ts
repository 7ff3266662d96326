import fc from 'fast-check';
import { assemble } from '../../sign/x509/assemble.ts';
import { elementsIn, onlyElement, tags, whole } from '../../sign/x509/der.ts';
import { changed } from '../bad-tbs.ts';
import { bytesOf, type Tree, treeOf } from '../der-tree.ts';
import type { Dice } from './dice.ts';
import { fieldChanges } from './fields.ts';
import type { Original } from './originals.ts';

/** A mutant in numbers, of which each mutant follows from its own alone. */
export type Recipe = { readonly original: number; readonly at: number; readonly numbers: readonly number[] };

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  original: fc.nat(),
  at: fc.nat(),
  numbers: fc.array(fc.nat(), { minLength: 48, maxLength: 48 }),
});

/** A certificate with one thing changed, and what that was. */
export type Mutant = { readonly what: string; readonly der: Uint8Array; readonly of: Original };
type Kind = (recipe: Recipe, of: Original) => Promise<Omit<Mutant, 'of'>>;

/** The ways in which a certificate is changed. */
export const mutations = {
  /** The signature is the one that was there. */
  async byte({ at, numbers: [flip = 0] }, { certificate }) {
    return { what: 'a byte', der: flipped(certificate.der, at, flip) };
  },
  async signedByte({ at, numbers: [flip = 0] }, of) {
    return { what: 'a signed byte', der: await signed(flipped(tbsOf(of), at, flip), of) };
  },
  async element({ at, numbers }, of) {
    const tree = deepTree(tbsOf(of));
    const what = changeElement(tree, at, dice(numbers));
    return { what: `a signed element ${what}`, der: await signed(bytesOf(tree), of) };
  },
  async field({ at, numbers }, of) {
    const names = Object.keys(fieldChanges);
    const name = names[at % names.length] ?? '';
    const tbs = changed(tbsOf(of), (parts) => void fieldChanges[name]?.(parts, dice(numbers)));
    return { what: `a signed field: ${name}`, der: await signed(tbs, of) };
  },
} as const satisfies Readonly<Record<string, Kind>>;

function tbsOf({ certificate: { der } }: Original): Uint8Array {
  const [tbs] = elementsIn(der, onlyElement(der, tags.sequence));
  return tbs === undefined ? der : whole(der, tbs);
}

async function signed(tbs: Uint8Array, { signer }: Original): Promise<Uint8Array> {
  return assemble(tbs, await signer.sign(tbs), signer.algorithm);
}

function flipped(bytes: Uint8Array, at: number, flip: number): Uint8Array {
  const copy = bytes.slice();
  copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 + (flip % 255));
  return copy;
}

function dice(numbers: readonly number[]): Dice {
  let thrown = 0;
  const next = () => (numbers[thrown++ % numbers.length] ?? 0) >>> 3;
  const number = (below: number) => next() % below;
  return {
    number,
    bytes: (length) => Uint8Array.from({ length }, () => number(256)),
    one: (...of) => of[number(of.length)] as (typeof of)[number],
  };
}

/** An element with all that is in it, that which is in strings of octets and bits too. */
function deepTree(bytes: Uint8Array): Tree {
  return deeper(treeOf(bytes));
}

function deeper(tree: Tree): Tree {
  if (Array.isArray(tree.content)) return { ...tree, content: tree.content.map(deeper) };
  if (tree.tag !== tags.octetString) return tree;
  try {
    onlyElement(tree.content, tree.content[0] ?? 0);
    return { ...tree, content: [deeper(treeOf(tree.content))] };
  } catch {
    return tree;
  }
}

function nodesOf(tree: Tree): readonly Tree[] {
  return [tree, ...(Array.isArray(tree.content) ? tree.content.flatMap(nodesOf) : [])];
}

/** Changes an element somewhere in a tree, and says how. */
function changeElement(tree: Tree, at: number, { one, number, bytes }: Dice): string {
  const nodes = nodesOf(tree).slice(1);
  const node = nodes[at % nodes.length] ?? tree;
  const { content } = node;
  const way = Array.isArray(content)
    ? one('reordered', 'less', 'twice', 'tag', 'another')
    : one('byte', 'shorter', 'longer', 'empty', 'tag', 'bit');
  if (way === 'tag') node.tag = one(...Object.values(tags), 0x80 | number(8), 0xa0 | number(8));
  else if (Array.isArray(content)) {
    const place = number(Math.max(1, content.length));
    if (way === 'reordered') content.push(...content.splice(place, 1));
    if (way === 'less') content.splice(place, 1);
    if (way === 'twice') content.splice(place, 0, ...content.slice(place, place + 1));
    if (way === 'another') content.splice(place, 0, one(...nodes.filter((each) => !nodesOf(each).includes(node))));
  } else {
    const place = number(Math.max(1, content.length));
    if (way === 'byte') content[place] = number(256);
    if (way === 'bit') content[place] = (content[place] ?? 0) ^ (1 << number(8));
    if (way === 'shorter') node.content = Buffer.concat([content.subarray(0, place), content.subarray(place + 1)]);
    if (way === 'longer') node.content = Buffer.concat([content.subarray(0, place), bytes(1), content.subarray(place)]);
    if (way === 'empty') node.content = new Uint8Array();
  }
  return `${way} of ${node.tag}`;
}
