import type { Watched } from '@kubepki/status';
import test from 'ava';
import { leftText, nameOf, rowsOf } from './output/status-rows.ts';

const start = Date.parse('2027-01-01T00:00:00Z');
const certificate = (group: string, index: number, minute: number): Watched => {
  const ends = new Date(start + minute * 60_000);
  return {
    id: `${group}@n-${index}`,
    kind: 'server',
    group,
    node: `n-${index}`,
    issuer: 'ca',
    begins: undefined,
    notAfter: ends,
    ends,
    endsWith: undefined,
    life: 86_400,
    renews: undefined,
    serial: undefined,
    fingerprint: '00',
    tree: 'pki',
    files: [],
  };
};
/** So many of two kinds that end in turns, and one by itself. */
const many = (count: number) => [
  ...Array.from({ length: count }, (_, index) => certificate(index % 2 === 0 ? 'a' : 'b', index, index)),
  certificate('alone', 0, count),
];

test('Of many the first have a row each, and those that are alike one behind them, with the first and the last end', (t) => {
  const all = many(5000);
  const rows = rowsOf(all, { all: false });
  t.deepEqual(
    rows.slice(0, 20).map(({ first }) => first),
    all.slice(0, 20),
  );
  t.is(nameOf(rows[20] ?? t.fail()), 'a@n-20 and 2489 more');
  t.deepEqual(
    rows.slice(20).map(({ first, more, last }) => [first.id, more, last.id]),
    [
      ['a@n-20', 2489, 'a@n-4998'],
      ['b@n-21', 2489, 'b@n-4999'],
      ['alone@n-0', 0, 'alone@n-0'],
    ],
  );
  t.is(
    rows.reduce((sum, { more }) => sum + more + 1, 0),
    all.length,
  );
});

test('Few have a row each, and so have all where that is asked for', (t) => {
  for (const [count, all] of [
    [59, false],
    [5000, true],
  ] as const) {
    const rows = rowsOf(many(count), { all });
    t.is(rows.length, count + 1);
    t.true(rows.every(({ more }) => more === 0));
  }
});

test('What is left is told in the largest unit of which there are two', (t) => {
  const left = (seconds: number) => leftText({ ...certificate('a', 0, 0) }, new Date(start - seconds * 1000));
  t.deepEqual([0, 119, 120, 7199, 7200, 2 * 86_400 - 1, 2 * 86_400, 729 * 86_400, 730 * 86_400].map(left), [
    '0s',
    '119s',
    '2m',
    '119m',
    '2h',
    '47h',
    '2d',
    '729d',
    '2y',
  ]);
  t.deepEqual([-1, -3 * 86_400].map(left), ['-1s', '-3d']);
});
