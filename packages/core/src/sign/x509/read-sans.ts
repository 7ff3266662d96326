import { contentOf, type Element, elementsIn, onlyElement, tags } from './der.ts';
import { ipText } from './sans.ts';
import { hexOf, latin1Of } from './text.ts';

/** Subject alternative names; `others` are those that no template has, with their kind before them (`URI:…`). */
export type ReadSans = {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
  readonly others: readonly string[];
};

const kinds: Readonly<Record<number, Exclude<San['kind'], 'other'>>> = {
  129: 'email',
  130: 'DNS',
  134: 'URI',
  135: 'IP',
};

/** One name of the extension. */
export type San = {
  readonly kind: 'email' | 'DNS' | 'URI' | 'IP' | 'other';
  /** Of an address, or of a kind that is not known, in hexadecimal. */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly tag: number;
};

/** The names in an extension's value (RFC 5280 4.2.1.6), read from the DER alone. @throws DerError */
export function readSans(value: Uint8Array | undefined): ReadSans {
  const names = readSanParts(value) ?? [];
  const of = (kind: San['kind']) => names.filter((name) => name.kind === kind);
  return {
    dns: of('DNS').map(({ text }) => text),
    ips: of('IP').map(({ bytes }) => ipText(bytes)),
    others: names.filter(({ kind }) => kind !== 'DNS' && kind !== 'IP').map(({ kind, text }) => `${kind}:${text}`),
  };
}

/** The same, each in its place; undefined where there is no extension. @throws DerError */
export function readSanParts(value: Uint8Array | undefined): readonly San[] | undefined {
  return value === undefined
    ? undefined
    : elementsIn(value, onlyElement(value, tags.sequence)).map((name) => sanIn(value, name));
}

/** A GeneralName (RFC 5280 4.2.1.6). */
export function sanIn(value: Uint8Array, element: Element): San {
  const { tag } = element;
  const bytes = contentOf(value, element);
  const kind = kinds[tag] ?? 'other';
  return { kind, text: kind === 'IP' || kind === 'other' ? hexOf(bytes) : latin1Of(bytes), bytes, tag };
}
