import type { Watched } from '../watched.ts';

/** A certificate that ends in 2030, unless something else is said of it. */
export function watched(more: Partial<Watched> = {}): Watched {
  const notAfter = more.notAfter ?? more.ends ?? new Date('2030-01-01T00:00:00Z');
  return {
    id: 'x@a',
    kind: 'server',
    group: 'x',
    node: 'a',
    issuer: 'ca',
    begins: new Date('2020-01-01T00:00:00Z'),
    notAfter,
    ends: notAfter,
    endsWith: undefined,
    life: 10 * 365 * 86_400,
    renews: undefined,
    serial: '1',
    fingerprint: '00'.repeat(32),
    tree: undefined,
    files: [],
    ...more,
  };
}
