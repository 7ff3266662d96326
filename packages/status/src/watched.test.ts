import test from 'ava';
import { watched } from './testing/watched.ts';
import { byEnd, counts, credentialId, isUnder, secondsLeft, stateOf } from './watched.ts';

const ends = new Date('2027-01-01T00:00:00Z');
const day = 86_400;
/** So many seconds before the end. */
const before = (seconds: number) => new Date(ends.getTime() - seconds * 1000);
const its = { begins: before(100 * day), ends, life: 100 * day };

test('A certificate is good in its last second, and over in the next', (t) => {
  t.is(stateOf(its, ends), 'ends soon');
  t.is(stateOf(its, before(-1)), 'expired');
  t.is(secondsLeft(its, before(-1)), -1);
});

test('It is not yet valid before its first second', (t) => {
  t.is(stateOf(its, before(100 * day + 1)), 'not yet valid');
  t.is(stateOf(its, before(100 * day)), 'good');
  t.is(stateOf({ ...its, begins: undefined }, before(1000 * day)), 'good');
});

test('It ends soon in its last month, or in the last third of a short life', (t) => {
  t.deepEqual(
    [30 * day, 30 * day - 1].map((left) => stateOf(its, before(left))),
    ['good', 'ends soon'],
  );
  const short = { ...its, life: 9 * day };
  t.deepEqual(
    [3 * day, 3 * day - 1].map((left) => stateOf(short, before(left))),
    ['good', 'ends soon'],
  );
});

test('It is under a threshold where less is left, where it is over, and where it has not begun', (t) => {
  const under = (now: Date, seconds = 30 * day) => isUnder(watched(its), { now, seconds });
  t.false(under(before(30 * day)));
  t.true(under(before(30 * day - 1)));
  t.true(under(before(-1), 0));
  t.false(under(ends, 0));
  t.true(under(before(101 * day)));
});

test('What its process renews itself does not count, nor a person’s that is planned to live no longer', (t) => {
  const now = before(1);
  t.false(isUnder(watched({ ...its, renews: 'itself' }), { now, seconds: day }));
  const person = watched({ ...its, kind: 'person', life: 30 * day, tree: 'pki' });
  t.deepEqual(
    [29, 30].map((days) => isUnder(person, { now, seconds: days * day })),
    [true, false],
  );
  // Of a file of somebody else's nobody knows what was planned, and a server's is always waited for.
  t.true(isUnder({ ...person, tree: undefined }, { now, seconds: 30 * day }));
  t.true(counts({ ...person, kind: 'server' }, 30 * day));
});

test('What ends first comes first, and of those that end together the id decides', (t) => {
  const all = [watched({ id: 'b' }), watched({ id: 'a' }), watched({ id: 'z', ends })];
  t.deepEqual(
    all.sort(byEnd).map(({ id }) => id),
    ['z', 'a', 'b'],
  );
});

test('A fingerprint is written as the API server does in its audit log', (t) => {
  t.is(credentialId({ fingerprint: 'ab' }), 'X509SHA256=ab');
});
