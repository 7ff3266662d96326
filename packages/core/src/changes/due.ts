/**
 * Whether a certificate is due for renewal: in its last `before` seconds, or in the last third of its life (in seconds)
 * where that is shorter. What has ended is due.
 */
export function isDue(
  { notAfter, life }: { readonly notAfter: Date; readonly life: number },
  { now, before }: { readonly now: Date; readonly before: number },
): boolean {
  return (notAfter.getTime() - now.getTime()) / 1000 < Math.min(before, life / 3);
}
