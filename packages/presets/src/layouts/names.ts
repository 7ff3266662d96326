import type { Artifact } from '@kubepki/core';

/** How pairs are called: `x.crt` and `x.key`, or `x.pem` and `x-key.pem`. */
export type FileNames = 'crt' | 'pem';

type PairPart = Exclude<Artifact['part'], 'kubeconfig' | 'pem' | 'link'>;

/** The name of a file of a pair: `sa` and `public` is `sa.pub`. */
export function pairFile(
  base: string,
  { part, names }: { readonly part: PairPart; readonly names: FileNames },
): string {
  if (part === 'public') return `${base}.pub`;
  if (names === 'crt') return part === 'key' ? `${base}.key` : `${base}.crt`;
  return part === 'key' ? `${base}-key.pem` : `${base}.pem`;
}

/** Whether an artifact is a file of a pair of its own. */
export function isPairPart(part: Artifact['part']): part is PairPart {
  return part === 'certificate' || part === 'key' || part === 'public';
}
