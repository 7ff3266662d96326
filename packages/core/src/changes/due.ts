import type { Span } from '../sign/instants.ts';

/**
 * Whether a certificate is due for renewal: in its last `before` seconds, or in the last third of its life where that
 * is shorter. What has ended is due.
 */
export function isDue(
  { notBefore, notAfter }: Span,
  { now, before }: { readonly now: Date; readonly before: number },
): boolean {
  const life = (notAfter.getTime() - notBefore.getTime()) / 1000;
  const left = (notAfter.getTime() - now.getTime()) / 1000;
  return left < Math.min(before, life / 3);
}
