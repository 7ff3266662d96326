import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../../error.ts';
import { algorithms, softwareKeys, spkiOf } from '../../keys/index.ts';
import { goodTbs, leafTemplate, root, values } from '../../testing/good-tbs.ts';
import { smallPlan } from '../../testing/small.ts';
import { type Encode, keyUsages, type Template, type Values } from '../certificate.ts';
import { template as templateOf } from '../template.ts';
import { onlyElement, tags } from '../x509/der.ts';
import { encodeTbs as encodePlain } from '../x509/encode.ts';
import { readTbs } from '../x509/tbs.ts';
import { encodeKnown } from './encode.ts';
import { isKnown } from './known.ts';

const own = (['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048'] as const).map(async (algorithm) =>
  spkiOf((await softwareKeys().make({ id: 'a', algorithm })).publicKey),
);
const others = [generateKeyPairSync('ec', { namedCurve: 'P-521' }), generateKeyPairSync('x25519')].map(
  ({ publicKey }) => new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
);
const keys = [...(await Promise.all(own)), ...others];
const named = goodTbs({ ...leafTemplate, subject: [{ type: 'CN', value: 'Zertifizierungsstelle für Köln' }] });
const { subject } = readTbs(named, onlyElement(named, tags.sequence));
const issuers = [
  { subject: root.subject, keyId: root.subjectKeyId },
  { subject: root.subject, keyId: undefined },
  { subject, keyId: new Uint8Array(20).fill(7) },
  undefined,
] as const;

/** One of the usual ones, and now and then another. */
function mostly<T, U>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 40, arbitrary: usual }, other);
}

/** Mostly what plans have, and what they cannot have too. */
const text = mostly(
  fc.oneof(fc.constantFrom('system:nodes', 'system:node:w-1', 'kube-etcd', 'b@c', 'a_b', ''), fc.string()),
  fc.oneof(fc.string({ minLength: 120, maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 8 })),
);
const dns = mostly(fc.oneof(fc.domain(), fc.constant('*.a.example')), text);
const ip = mostly(
  fc.oneof(fc.ipV4(), fc.ipV6()),
  fc.constantFrom('::ffff:10.0.0.1', 'fe80::1%eth0', '10.0.0.01', '10.0.0'),
);
const edges = ['1949-12-31T23:59:59Z', '1950-01-01T00:00:00Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z'];
const instant = mostly(
  fc
    .integer({ min: Date.UTC(1950, 0) / 1000, max: Date.UTC(2120, 0) / 1000 })
    .map((seconds) => new Date(seconds * 1000)),
  fc.constantFrom(...[...edges, '9999-12-31T23:59:59Z', '2026-01-01T00:00:00.001Z', 'never'].map((at) => new Date(at))),
);
const usual = fc.constantFrom([...keyUsages.slice(0, 1)], [...keyUsages.slice(0, 2)]);
const template: fc.Arbitrary<Template> = fc
  .record({
    subject: fc.array(fc.record({ type: fc.constantFrom('O', 'CN'), value: text }), { maxLength: 4 }),
    authority: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
    pathLength: mostly(fc.constant(undefined), fc.nat(200)),
    keyUsage: mostly(usual, fc.subarray([...keyUsages], { minLength: 1 })),
    extendedKeyUsage: fc.shuffledSubarray(['serverAuth', 'clientAuth'] as const),
    sans: fc.record({ dns: fc.array(dns, { maxLength: 6 }), ips: fc.array(ip, { maxLength: 6 }) }),
    subjectKeyId: fc.boolean(),
  })
  .map(({ pathLength, ...rest }) => ({
    ...leafTemplate,
    ...rest,
    ...(pathLength === undefined ? {} : { pathLength }),
  }));
const again = { subject, subjectKeyId: undefined };
const given: fc.Arbitrary<Values> = fc
  .record({
    serial: mostly(fc.uint8Array({ min: 1, minLength: 1, maxLength: 19 }), fc.uint8Array({ max: 0xff, maxLength: 21 })),
    notBefore: instant,
    notAfter: instant,
    publicKey: fc.constantFrom(...keys),
    issuer: fc.constantFrom(...issuers),
    again: mostly(fc.constant(undefined), fc.constant(again)),
    signer: mostly(fc.constant('ecdsa-p256' as const), fc.constantFrom(...algorithms)),
  })
  .map(({ issuer, again, ...rest }) => ({ ...rest, ...(issuer ? { issuer } : {}), ...(again ? { again } : {}) }));

/** The bytes, or the code and the message of the error. */
function outcome(encode: Encode, [its, values]: readonly [Template, Values]): unknown {
  try {
    return Buffer.from(encode(its, values)).toString('hex');
  } catch (error) {
    if (error instanceof PkiError) return [error.code, error.message, error.hint];
    return (error as Error).message;
  }
}

test('Of 6,000 certificates each that is known here has the bytes that pkijs gives, or its error', (t) => {
  let known = 0;
  let authorities = 0;
  fc.assert(
    fc.property(template, given, (...its) => {
      if (!isKnown(...its)) return;
      known += 1;
      if (its[0].authority) authorities += 1;
      assert.deepEqual(outcome(encodeKnown, its), outcome(encodePlain, its));
    }),
    { numRuns: 6_000 },
  );
  t.log(`${known} known, ${authorities} of them authorities`);
  t.true(known > 1_500);
  t.true(authorities > 200);
});

test('What the program makes is known here: pkijs is not needed for it', (t) => {
  for (const profile of ['strict', 'kubeadm'] as const) {
    const plan = smallPlan({ profile });
    for (const spec of plan.specs) {
      if (spec.kind !== 'leaf' && spec.kind !== 'authority') continue;
      const its = spec.kind === 'leaf' ? { issuer: issuers[0] } : {};
      t.true(isKnown(templateOf(spec, plan), { ...values(), ...its }), `${profile} ${spec.id}`);
    }
  }
});

test('What an issuer gave before is not given again: kinds are told apart by all that decides their bytes', (t) => {
  const issuer = issuers[0];
  const leaf: readonly [Template, Values] = [leafTemplate, { ...values(), issuer }];
  const others: readonly (readonly [Template, Values])[] = [
    leaf,
    [{ ...leafTemplate, extendedKeyUsage: ['clientAuth'] }, leaf[1]],
    [{ ...leafTemplate, keyUsage: ['digitalSignature', 'keyEncipherment'] }, leaf[1]],
    [{ ...leafTemplate, subjectKeyId: !leafTemplate.subjectKeyId }, leaf[1]],
    [{ ...leafTemplate, subject: [] }, leaf[1]],
    [{ ...leafTemplate, sans: { dns: [], ips: [] } }, leaf[1]],
    [{ ...leafTemplate, authority: true }, leaf[1]],
    [{ ...leafTemplate, authority: true, pathLength: 1 }, leaf[1]],
    [leafTemplate, { ...leaf[1], signer: 'rsa-2048' }],
    [leafTemplate, { ...leaf[1], issuer: { subject: issuer.subject, keyId: undefined } }],
    [leafTemplate, { ...leaf[1], issuer: { ...issuer } }],
  ];
  for (const its of [...others, ...others.toReversed()])
    t.deepEqual(outcome(encodeKnown, its), outcome(encodePlain, its));
});
