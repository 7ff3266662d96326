import fc from 'fast-check';
import type { Texts } from './old.ts';

/** How a file may be broken. */
const breaks: readonly ((text: string, at: number, other: string) => string)[] = [
  () => '',
  (text, at) => text.slice(0, at % (text.length + 1)),
  (text, at) => `${text.slice(0, at % (text.length + 1))}\u0000${text.slice(at % (text.length + 1))}`,
  (text, at) => text.replace(/[A-Za-z0-9+/]{64}/, (line) => `${line.slice(0, at % 64)}A${line.slice((at % 64) + 1)}`),
  (text, at) => `${text}${text.slice(at % (text.length + 1))}`,
  (_, __, other) => other,
  (text) => text.replaceAll('BEGIN ', 'BEGIN ENCRYPTED '),
  (text) => text.replace(/(-data: )(\S+)/g, '$1[$2]'),
  (text) => text.replace(/^/gm, '- '),
  () => '-> /etc/passwd',
  () => '-> .',
];

/** How some of a node's files are broken, by somebody who knows nothing of them. */
export function breakages(texts: Texts): fc.Arbitrary<readonly Breakage[]> {
  const path = fc.constantFrom(...Object.keys(texts));
  const one = fc.record({ path, kind: fc.nat(breaks.length - 1), at: fc.nat(5000), other: path });
  return fc.array(one, { minLength: 1, maxLength: 6 });
}

export type Breakage = { readonly path: string; readonly kind: number; readonly at: number; readonly other: string };

/** The files, broken. */
export function broken(texts: Texts, changes: readonly Breakage[]): Texts {
  const files: Record<string, string> = { ...texts };
  for (const { path, kind, at, other } of changes)
    files[path] = breaks[kind]?.(files[path] ?? '', at, texts[other] ?? '') ?? '';
  return files;
}
