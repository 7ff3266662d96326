import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import { softwareKeys, spkiOf } from '../../../keys/index.ts';
import { changed, having, type TbsParts } from '../../../testing/bad-tbs.ts';
import { element, hex, sequence } from '../../../testing/der-tree.ts';
import { authorityTemplate, goodTbs, leafTemplate, nodeTemplate, root, values } from '../../../testing/good-tbs.ts';
import { rows } from '../../../testing/lint/rows.ts';
import { DerError, tags } from '../../x509/der.ts';
import type { LintContext } from '../facts.ts';
import { lintTbs } from '../index.ts';
import { judge } from '../judge.ts';
import { frameOf, placesIn } from './frame.ts';

const rsa = await softwareKeys().make({ id: 'a', algorithm: 'rsa-2048' });
const withoutKeyId = { ...leafTemplate, subjectKeyId: false };
const good: readonly Uint8Array[] = [
  ...[leafTemplate, nodeTemplate, authorityTemplate, withoutKeyId].map((template) => goodTbs(template)),
  goodTbs(leafTemplate, { publicKey: spkiOf(rsa.publicKey) }),
];
/** Fields that are no DER. */
const unsound: readonly Partial<TbsParts>[] = [
  { serial: element(tags.integer, hex('00 01')) },
  { serial: element(tags.integer) },
  { subject: sequence(element(tags.boolean, hex('01'))) },
  { publicKey: sequence(element(tags.bitString, hex('01 01'))) },
];
/** Good ones, those, and one or more for every rule that is broken. */
const all: readonly Uint8Array[] = [
  ...good,
  ...unsound.map((fields) => changed(goodTbs(), having(fields))),
  ...rows.map(({ tbs }) => tbs()),
];

/** What a field is in another certificate. */
const taken: Readonly<Record<string, (from: TbsParts) => Partial<TbsParts>>> = {
  serial: ({ serial }) => ({ serial }),
  subject: ({ subject }) => ({ subject }),
  publicKey: ({ publicKey }) => ({ publicKey }),
  life: ({ notBefore, notAfter }) => ({ notBefore, notAfter }),
  extensions: ({ extensions }) => ({ extensions }),
};

/** One with some of its fields taken from another. */
const crossed = fc
  .record({
    of: fc.constantFrom(...good),
    other: fc.constantFrom(...all),
    fields: fc.subarray(Object.keys(taken), { minLength: 1 }),
  })
  .map(({ of, other, fields }) => {
    const parts = partsOf(other);
    if (parts === undefined) return { of, tbs: other };
    return { of, tbs: changed(of, (own) => void fields.map((name) => Object.assign(own, taken[name]?.(parts)))) };
  });

/** Without a bias to the first bytes, which are no field's. */
const place = fc.noBias(fc.nat());

/** One with wrong bytes. */
const mutated = fc
  .record({
    of: fc.constantFrom(...good),
    flips: fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 2 }),
    cut: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, place),
  })
  .map(({ of, flips, cut }) => {
    const bytes = [...of];
    for (const [at, flip] of flips) bytes[at % of.length] = (of[at % of.length] ?? 0) ^ flip;
    if (cut !== undefined) bytes.splice(cut % of.length, 1);
    return { of, tbs: Uint8Array.from(bytes) };
  });

const context: fc.Arbitrary<LintContext> = fc.record(
  {
    template: fc.constantFrom(leafTemplate, nodeTemplate, withoutKeyId),
    values: fc.constantFrom(values(), values('rsa-2048')),
    uses: fc.constantFrom(['etcd/server'], ['cluster/client', 'front-proxy/client'], []),
  },
  { requiredKeys: [] },
);

function partsOf(tbs: Uint8Array): TbsParts | undefined {
  let found: TbsParts | undefined;
  try {
    changed(tbs, (parts) => {
      found = parts;
    });
  } catch {
    // Not every row can be taken apart.
  }
  return found;
}

/** The verdict of the one who reads all of it. */
function alone(tbs: Uint8Array, its: LintContext): readonly (readonly [string, string])[] {
  try {
    return judge(tbs, its).broken.map(({ rule, detail }) => [rule.id, detail]);
  } catch (error) {
    if (error instanceof DerError) return [['der', error.message]];
    throw error;
  }
}

function alike(tbs: Uint8Array, of: Uint8Array): boolean {
  try {
    return placesIn(tbs, frameOf(of) ?? []) !== undefined;
  } catch {
    return false;
  }
}

for (const [what, given, runs] of [
  ['with fields of others', crossed, 2_000],
  ['with wrong bytes', mutated, 4_000],
] as const) {
  test(`Of ${runs} certificates ${what} each gets the verdict behind its like that it gets alone`, (t) => {
    let likes = 0;
    fc.assert(
      fc.property(given, context, ({ of, tbs }, its) => {
        const issuer = { ...root };
        lintTbs(of, { issuer });
        if (alike(tbs, of)) likes += 1;
        const behind = lintTbs(tbs, { ...its, issuer }).map(({ rule, detail }) => [rule, detail]);
        assert.deepEqual(behind, alone(tbs, { ...its, issuer }));
      }),
      { numRuns: runs },
    );
    t.true(likes > runs / 5, `${likes}`);
    t.log(`${likes} like the one before`);
  });
}
