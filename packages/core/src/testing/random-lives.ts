import fc from 'fast-check';

const day = 86_400;

/** A certificate that is to be made, and the authority above it; instants in milliseconds, lengths in seconds. */
export type RandomLife = {
  readonly now: number;
  /** When the authority was made, by the clock of its machine. */
  readonly made: number;
  readonly authority: number;
  readonly leaf: number;
  readonly backdate: number;
  readonly kubeadm: boolean;
};

/** Leap days and what only looks like one, and the years around the last one of UTCTime. */
const edges = [
  ...['2024-02-29', '2027-02-28', '2028-02-29', '2028-03-01', '2096-02-29', '2100-02-28', '2100-03-01', '2400-02-29'],
  ...['2049-01-01', '2049-07-01', '2050-01-01', '2050-07-01', '2051-01-01', '2052-01-01'],
].map((date) => Date.parse(`${date}T00:00:00Z`));

const edge = fc
  .tuple(
    fc.constantFrom(...edges),
    fc.oneof(fc.integer({ min: -2500, max: 2500 }), fc.integer({ min: -day * 1000, max: day * 1000 })),
  )
  .map(([at, beside]) => at + beside);

/** Of some length, or until an edge where that is to come. */
const length = fc.record({
  seconds: fc.oneof(
    fc.constantFrom(day, 30 * day, 90 * day, 365 * day, 3650 * day, 36_500 * day),
    fc.integer({ min: 1, max: 292 * 365 * day }),
  ),
  until: fc.option(edge),
});

/** Random lives, many of which begin or end where calendars and encodings have their edges. */
export const randomLife: fc.Arbitrary<RandomLife> = fc
  .record({
    now: fc.oneof(fc.integer({ min: Date.UTC(1985), max: Date.UTC(2400) }), edge),
    leaf: length,
    authority: length,
    backdate: fc.oneof(fc.constantFrom(0, 300, 3600), fc.nat(2 * day)),
    age: fc.oneof(fc.nat(10_000), fc.nat(3650 * day * 1000)),
    // How far the clock of the authority's machine was ahead of this one.
    skew: fc.oneof(fc.constant(0), fc.integer({ min: -3_600_000, max: 3_600_000 })),
    kubeadm: fc.constantFrom(true, false, false, false),
  })
  .map(({ now, leaf, authority, age, skew, ...rest }) => {
    const made = now - age + skew;
    return { ...rest, now, made, leaf: secondsOf(leaf, now), authority: secondsOf(authority, made) };
  });

function secondsOf({ seconds, until }: { readonly seconds: number; readonly until: number | null }, from: number) {
  const toEdge = until === null ? 0 : Math.floor((until - from) / 1000);
  return toEdge > 0 ? toEdge : seconds;
}
