import { contentOf, elementsIn, onlyElement, tags } from './der.ts';
import { ipText } from './sans.ts';

/** Subject alternative names; `others` are those that no template has, with their kind before them (`URI:…`). */
export type ReadSans = {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
  readonly others: readonly string[];
};

const kinds: Readonly<Record<number, 'email' | 'DNS' | 'URI' | 'IP'>> = {
  129: 'email',
  130: 'DNS',
  134: 'URI',
  135: 'IP',
};

/** The names in an extension's value (RFC 5280 4.2.1.6), read from the DER alone. @throws DerError */
export function readSans(value: Uint8Array | undefined): ReadSans {
  if (value === undefined) return { dns: [], ips: [], others: [] };
  const names = elementsIn(value, onlyElement(value, tags.sequence)).map((element) => {
    const bytes = contentOf(value, element);
    const kind = kinds[element.tag] ?? 'other';
    if (kind === 'IP') return { kind, text: ipText(bytes) };
    return { kind, text: Buffer.from(bytes).toString(kind === 'other' ? 'hex' : 'latin1') };
  });
  const of = (kind: string) => names.filter((name) => name.kind === kind).map(({ text }) => text);
  return {
    dns: of('DNS'),
    ips: of('IP'),
    others: names.filter(({ kind }) => kind !== 'DNS' && kind !== 'IP').map(({ kind, text }) => `${kind}:${text}`),
  };
}
