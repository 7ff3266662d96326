import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../error.ts';
import type { Life } from './certificate.ts';
import { instants } from './index.ts';

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
