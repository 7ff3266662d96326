import test from 'ava';
import type { Change } from './changes/changes.ts';
import type { Algorithm } from './keys/algorithm.ts';
import type { AuthoritySpec, LeafSpec } from './plan/spec.ts';
import { inRows, outOfRows } from './rows.ts';
import { smallPlan } from './testing/small.ts';

const { specs } = smallPlan();
const authority = specs.find((spec): spec is AuthoritySpec => spec.kind === 'authority') as AuthoritySpec;
const server = specs.find((spec): spec is LeafSpec => spec.kind === 'leaf') as LeafSpec;

function leaf(id: string, keys: Algorithm = 'ecdsa-p256'): Change {
  return { spec: { ...server, id, keys }, reasons: ['new'] };
}

function leaves(count: number, name: string): readonly Change[] {
  return Array.from({ length: count }, (_, index) => leaf(`${name}${index}`));
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function* given(changes: readonly Change[]): AsyncGenerator<Change> {
  yield* changes;
}

const kept: Change = { spec: server, kept: { spec: server, made: false } };
const changes: readonly Change[] = [
  { spec: authority, reasons: ['new'] },
  ...leaves(3, 'a'),
  kept,
  kept,
  ...leaves(33, 'b'),
  leaf('slow', 'rsa-2048'),
  ...leaves(16, 'c'),
];

test('Quick leaves go in rows of sixteen, and an authority, what is kept and an RSA key alone', async (t) => {
  const rows = await all(inRows(given(changes)));
  t.deepEqual(
    rows.map(({ length }) => length),
    [1, 3, 1, 1, 16, 16, 1, 1, 16],
  );
});

test('Out of rows comes what went into them, in its order', async (t) => {
  t.deepEqual(await all(outOfRows(inRows(given(changes)))), changes);
  t.deepEqual(await all(inRows(given([]))), []);
});
