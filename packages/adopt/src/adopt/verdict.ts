import type { Certificate, Found, Problem } from '@kubepki/core';

/** What is amiss with something in an old PKI. */
export type Fault = 'missing' | 'wrong' | 'differs' | 'weak';

/** Something that is taken over, and worth a word all the same. */
export type Note = Problem & { readonly fault: Fault };

/** What becomes of a thing of the plan: it is taken over from files, or made anew for reasons. */
export type Verdict = {
  readonly id: string;
  readonly notes: readonly Note[];
} & (
  | { readonly found: Found; readonly where: readonly string[]; readonly anew?: never }
  | { readonly found?: never; readonly anew: Anew }
);

/** Why something is made anew, and where what there is of it lies. */
export type Anew = {
  readonly id: string;
  readonly fault: Fault;
  readonly reasons: readonly string[];
  readonly where: readonly string[];
};

/** SHA-1 and MD5, which Go no longer verifies: the object identifiers of RFC 8017 A.2.4 and RFC 3279 2.2.3. */
const brokenDigests: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10045.4.1',
]);

/** Whether a certificate is signed over a digest that nobody trusts any longer. */
export function isBrokenDigest(signatureAlgorithm: string): boolean {
  return brokenDigests.has(signatureAlgorithm);
}

export const day = (date: Date): string => date.toISOString().slice(0, 10);

/** How many days a certificate still has. */
export function daysLeft({ notAfter }: Certificate, now: Date): number {
  return (notAfter.getTime() - now.getTime()) / 86_400_000;
}
