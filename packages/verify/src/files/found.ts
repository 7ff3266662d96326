import type { Algorithm, Certificate } from '@kubepki/core';
import { sha256 } from './context.ts';
import type { Held } from './held.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** What was found of a credential, each part in the first file that holds it. */
export type Found = {
  readonly certificate?: Certificate;
  /** What stands behind the certificate in its file. */
  readonly chain?: readonly Certificate[];
  readonly key?: { readonly algorithm: Algorithm | undefined; readonly spki: Uint8Array; readonly file: string };
  readonly publicKey?: { readonly spki: Uint8Array; readonly file: string };
  /** What each part looks like in all its copies. */
  readonly prints: Readonly<Record<string, { readonly print: string; readonly file: string }>>;
};

/** Adds what a file holds to what is known of its credentials. A copy that is another than the first is a problem. */
export function* addHeld(held: readonly Held[], into: (id: string) => Map<string, Found>): Generator<FileProblem> {
  for (const one of held) {
    const map = into(one.id);
    const found = map.get(one.id) ?? { prints: {} };
    const print =
      one.part === 'certificate' ? one.certificates.map(({ fingerprint }) => fingerprint).join() : sha256(one.spki);
    const known = found.prints[one.part];
    if (known === undefined) {
      map.set(one.id, { ...found, ...partOf(one), prints: { ...found.prints, [one.part]: { print, file: one.file } } });
    } else if (known.print !== print) {
      const what = one.part === 'certificate' ? 'certificate or chain' : 'key';
      const message = `the ${what} of ${one.id} is another here than in ${known.file}`;
      yield ofFile(one.file, { check: 'content', message, hint: 'one of the two is not what was written' });
    }
  }
}

function partOf(held: Held): Partial<Found> {
  if (held.part === 'certificate') {
    const [certificate, ...chain] = held.certificates;
    return { certificate, chain };
  }
  const { spki, algorithm, file } = held;
  return held.part === 'key' ? { key: { spki, algorithm, file } } : { publicKey: { spki, file } };
}
