import { randomBytes } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import type { Template } from './certificate.ts';
import { makeSerial } from './index.ts';

const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

test('a serial number is positive, minimal and within its bits, whatever the randomness', (t) => {
  const source = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(source(20), source(8), (long, short) => {
      const draws = [long, randomBytes(20)];
      const serial = makeSerial(159, () => draws.shift() ?? randomBytes(20));
      t.is(serial.length, 20);
      t.true((serial[0] ?? 0) >= 0x01 && (serial[0] ?? 0) <= 0x7f);
      const small = makeSerial(63, () => (number(short) === 0n ? randomBytes(8) : short));
      t.true(number(small) >= 1n && number(small) < 2n ** 63n - 1n && small[0] !== 0);
    }),
  );
});

test('a serial number of 63 bits has the bounds of kubeadm', (t) => {
  const from = (...draws: readonly bigint[]) => {
    const bytes = draws.map((draw) => Buffer.from(draw.toString(16).padStart(16, '0'), 'hex'));
    return number(makeSerial(63, () => bytes.shift() ?? Buffer.alloc(0)));
  };
  t.is(from(0n, 1n), 1n);
  t.is(from(2n ** 63n - 1n, 2n ** 63n - 2n), 2n ** 63n - 2n);
  t.is(from(2n ** 63n + 0x80n), 0x80n);
});

test('broken randomness makes no serial number', (t) => {
  t.throws(() => makeSerial(159, () => new Uint8Array(19).fill(1)), { instanceOf: RangeError });
  t.throws(() => makeSerial(159, (length) => new Uint8Array(length)), { instanceOf: RangeError });
  t.throws(() => makeSerial(63, (length) => new Uint8Array(length)), { instanceOf: RangeError });
});

const million = 1_000_000;

/** What is known of many serial numbers, without keeping them. */
type Tally = {
  /** How often a byte of a place had a value; the places count from the first byte, leading zeros included. */
  readonly bytes: readonly Uint32Array[];
  /** The lowest 64 bits of each, in their order. */
  readonly lowest: BigUint64Array;
  /** Those that RFC 5280 4.1.2.2 or DER would refuse. */
  wrong: number;
};

function draw(t: ExecutionContext, bits: Template['serialBits']): Tally {
  const length = bits === 159 ? 20 : 8;
  const bytes = Array.from({ length }, () => new Uint32Array(256));
  const tally: Tally = { bytes, lowest: new BigUint64Array(million), wrong: 0 };
  const padded = Buffer.alloc(length);
  for (let index = 0; index < million; index++) {
    const serial = makeSerial(bits, randomBytes);
    padded.fill(0).set(serial, Math.max(0, length - serial.length));
    // A first byte that is zero is not minimal, or all that there is; a highest bit in the first of all is a sign.
    if (serial.length > length || (serial[0] ?? 0) === 0 || (padded[0] ?? 0) > 0x7f) tally.wrong += 1;
    for (let at = 0; at < length; at++) count(bytes[at], padded[at]);
    tally.lowest[index] = padded.readBigUInt64BE(length - 8);
  }
  tally.lowest.sort();
  t.is(tally.wrong, 0);
  return tally;
}

function count(counts: Uint32Array | undefined, value = 0): void {
  if (counts !== undefined) counts[value] = (counts[value] ?? 0) + 1;
}

function duplicates(sorted: BigUint64Array): number {
  return sorted.reduce((count, each, index) => count + (index > 0 && each === sorted[index - 1] ? 1 : 0), 0);
}

/** For each bit below the sign how often it was set, as a part of all. */
function balances(bytes: readonly Uint32Array[]): readonly number[] {
  return bytes
    .flatMap((counts) =>
      [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => counts.reduce((sum, n, value) => sum + n * ((value >> bit) & 1), 0)),
    )
    .slice(1)
    .map((count) => count / million);
}

const drawn = test.macro(async (t, bits: Template['serialBits'], leastRandom: number) => {
  t.timeout(120_000);
  const { bytes, lowest } = draw(t, bits);
  t.is(duplicates(lowest), 0);
  const all = balances(bytes);
  t.is(all.length, bits);
  t.deepEqual(
    all.filter((part) => part < 0.49 || part > 0.51),
    [],
  );
  // Of a million each value of a byte is expected 3,906 times; 10% are six standard deviations.
  const even = bytes.filter((counts) => counts.every((count) => Math.abs(count * 256 - million) < million / 10));
  t.true(even.length * 8 >= leastRandom, `${even.length} bytes are random`);
  t.log(
    `${million} of ${bits} bits: ${even.length * 8} in random bytes, balance ${Math.min(...all)} to ${Math.max(...all)}`,
  );
});

test(
  'a million serial numbers of 159 bits differ, are positive and minimal, and are random in 128 bits and more',
  drawn,
  159,
  128,
);
test(
  'a million serial numbers of 63 bits, as kubeadm draws them, differ, are positive and minimal, and are random',
  drawn,
  63,
  56,
);
