import { distance } from 'fastest-levenshtein';

/** The known word that was probably meant: two letters off at most, or the beginning of one, in any case of letters. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const meant = word.toLowerCase();
  if (meant.length > longest) return undefined;
  let best: { readonly word: string; readonly off: number } | undefined;
  for (const candidate of known) {
    const off = far(meant, candidate.toLowerCase());
    if (off <= 2 && (best === undefined || off < best.off)) best = { word: candidate, off };
  }
  return best?.word;
}

const longest = 100;

function far(meant: string, candidate: string): number {
  const off = distance(meant, candidate);
  if (off <= 2 && off < Math.min(meant.length, candidate.length)) return off;
  const [short, long] = meant.length < candidate.length ? [meant, candidate] : [candidate, meant];
  return short.length >= 3 && long.startsWith(short) ? 2 : Number.POSITIVE_INFINITY;
}
