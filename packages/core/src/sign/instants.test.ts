import { randomBytes } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../error.ts';
import type { Life } from './certificate.ts';
import { instants, makeSerial } from './index.ts';

const strict: Life = { validity: 3600, from: 'backdate', backdate: 300, counts: 'life', cut: true };
const now = new Date('2026-03-01T12:00:00.789Z');
const span = (notBefore: string, notAfter: string) => ({
  notBefore: new Date(notBefore),
  notAfter: new Date(notAfter),
});
const wide = span('2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z');

const spans = test.macro({
  title: (title) => title ?? '',
  exec(
    t,
    life: Life,
    issuer: { notBefore: Date; notAfter: Date } | undefined,
    expected: readonly [string, string, boolean],
  ) {
    const { notBefore, notAfter, cut } = instants(life, { now, issuer });
    t.deepEqual([notBefore.toISOString(), notAfter.toISOString(), cut], [...expected]);
  },
});

test('a strict life has its length with its last second', spans, strict, undefined, [
  '2026-03-01T11:55:00.000Z',
  '2026-03-01T12:54:59.000Z',
  false,
]);
test('a life from now on is as much longer as it is backdated', spans, { ...strict, counts: 'fromNow' }, wide, [
  '2026-03-01T11:55:00.000Z',
  '2026-03-01T13:00:00.000Z',
  false,
]);
test('a life can begin with its issuer', spans, { ...strict, counts: 'fromNow', from: 'issuer', cut: false }, wide, [
  '2020-01-01T00:00:00.000Z',
  '2026-03-01T13:00:00.000Z',
  false,
]);
test('a life is cut to its issuer', spans, strict, span('2020-01-01T00:00:00Z', '2026-03-01T12:10:00Z'), [
  '2026-03-01T11:55:00.000Z',
  '2026-03-01T12:10:00.000Z',
  true,
]);
test(
  'a life that ends with its issuer is not cut',
  spans,
  strict,
  span('2020-01-01T00:00:00Z', '2026-03-01T12:54:59Z'),
  ['2026-03-01T11:55:00.000Z', '2026-03-01T12:54:59.000Z', false],
);
test(
  'a strict life does not begin before its issuer',
  spans,
  strict,
  span('2026-03-01T11:59:00Z', '2040-01-01T00:00:00Z'),
  ['2026-03-01T11:59:00.000Z', '2026-03-01T12:58:59.000Z', false],
);
test(
  'kubeadm cuts nothing',
  spans,
  { ...strict, counts: 'fromNow', cut: false },
  span('2026-03-01T11:59:00Z', '2026-03-01T12:10:00Z'),
  ['2026-03-01T11:55:00.000Z', '2026-03-01T13:00:00.000Z', false],
);
test('an issuer may sign in its last second', spans, strict, span('2020-01-01T00:00:00Z', '2026-03-01T12:00:00Z'), [
  '2026-03-01T11:55:00.000Z',
  '2026-03-01T12:00:00.000Z',
  true,
]);

test('an issuer that is over, or has not begun, signs nothing', (t) => {
  const over = span('2020-01-01T00:00:00Z', '2026-03-01T11:59:59Z');
  const later = span('2026-03-01T12:00:01Z', '2040-01-01T00:00:00Z');
  t.throws(() => instants(strict, { now, issuer: over }), { instanceOf: PkiError, code: 'AUTHORITY_EXPIRED' });
  t.throws(() => instants(strict, { now, issuer: later }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_EXPIRED',
    message: /not valid before/,
  });
});

test('a life shorter than it is backdated is refused', (t) => {
  t.throws(() => instants({ ...strict, validity: 300 }, { now }), { instanceOf: PkiError, code: 'LIFE_TOO_SHORT' });
  t.notThrows(() => instants({ ...strict, validity: 301 }, { now }));
});

test('a strict life holds now, lies within its issuer, and is of its length unless it is cut', (t) => {
  const life = fc.record({
    validity: fc.integer({ min: 3601, max: 1e9 }),
    backdate: fc.integer({ min: 0, max: 3600 }),
  });
  const moment = fc.record({
    now: fc.date({ min: new Date(0), max: new Date('2300-01-01'), noInvalidDate: true }),
    before: fc.nat(1e9),
    after: fc.nat(1e9),
  });
  fc.assert(
    fc.property(life, moment, ({ validity, backdate }, { now, before, after }) => {
      const whole = Math.floor(now.getTime() / 1000) * 1000;
      const issuer = { notBefore: new Date(whole - before * 1000), notAfter: new Date(whole + after * 1000) };
      const { notBefore, notAfter, cut } = instants({ ...strict, validity, backdate }, { now, issuer });
      const length = (notAfter.getTime() - notBefore.getTime()) / 1000 + 1;
      t.is(notBefore.getTime() % 1000 || notAfter.getTime() % 1000, 0);
      t.true(notBefore.getTime() <= whole && whole <= notAfter.getTime());
      t.true(issuer.notBefore <= notBefore && notAfter <= issuer.notAfter);
      t.true(cut ? length < validity && notAfter.getTime() === issuer.notAfter.getTime() : length === validity);
    }),
  );
});

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

test('a hundred thousand serial numbers differ', (t) => {
  const serials = Array.from({ length: 100_000 }, () => Buffer.from(makeSerial(159, randomBytes)).toString('hex'));
  t.is(new Set(serials).size, serials.length);
});
