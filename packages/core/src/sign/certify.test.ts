import { generateKeyPairSync, type KeyObject, randomBytes, sign as signWith } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import { PkiError } from '../error.ts';
import { type Algorithm, softwareKeys, spkiOf } from '../keys/index.ts';
import { authorityTemplate, leafTemplate } from '../testing/good-tbs.ts';
import type { Encode, Signer } from './certificate.ts';
import { localIssuer, selfSigned, signatureIsBy, softwareSigner } from './index.ts';
import { signatureAlgorithmOf } from './x509/algorithm.ts';
import { encodeTbs } from './x509/encode.ts';
import { takeApart } from './x509/structure.ts';

const now = new Date('2026-06-01T12:00:00Z');
const source = softwareKeys();

/** Signs with the right key, rightly if it is not told otherwise. */
type Right = (tbs: Uint8Array, how?: { digest?: string; dsaEncoding?: 'ieee-p1363' }) => Uint8Array;

/** An authority whose key anybody may sign with, and what asks it for a certificate. */
async function authority(algorithm: Algorithm = 'ecdsa-p256') {
  const key = await source.make({ id: 'ca', algorithm });
  const given = { key, now, random: randomBytes };
  const { certificate } = await selfSigned({ ...given, template: authorityTemplate });
  const leaf = await source.make({ id: 'leaf', algorithm: 'ecdsa-p256' });
  const right: Right = (tbs, how = {}) => {
    const { digest = signatureAlgorithmOf(algorithm).digest, dsaEncoding = 'der' } = how;
    return signWith(digest, tbs, { key: key.privateKey as KeyObject, dsaEncoding });
  };
  const ask = async (signer: Signer, encode?: Encode) => {
    const issuer = localIssuer({ certificate, signer, ...(encode ? { encode } : {}) });
    const request = { template: leafTemplate, key: leaf, now, random: randomBytes, name: 'server' };
    return (await issuer.issue(request)).certificate;
  };
  const signer = (sign: (tbs: Uint8Array) => unknown): Signer => ({
    algorithm,
    publicKey: spkiOf(key.publicKey),
    sign: async (tbs) => sign(tbs) as Uint8Array,
  });
  return { key, right, ask, signer };
}

async function failed(t: ExecutionContext, work: Promise<unknown>, says = /does not verify/): Promise<void> {
  const error = await t.throwsAsync(work, { instanceOf: PkiError, code: 'SIGNER_FAILED', message: says });
  t.regex(error?.message ?? '', /^server: /);
  t.regex(error?.hint ?? '', /\w{3}/);
}

const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const flipped = (tbs: Uint8Array) => tbs.map((byte, at) => (at === 40 ? byte ^ 1 : byte));

/** What a signer that is not software may do wrong, with what its key would rightly give. */
const wrong: Readonly<Record<string, (tbs: Uint8Array, right: Right) => unknown>> = {
  'signs other bytes than it is given': (tbs, right) => right(flipped(tbs)),
  'changes the bytes that it is given, and signs these': (tbs, right) => {
    tbs[40] = (tbs[40] ?? 0) ^ 1;
    return right(tbs);
  },
  'signs with another key': (tbs) => signWith('sha256', tbs, other),
  'signs by another digest': (tbs, right) => right(tbs, { digest: 'sha384' }),
  'gives a signature in the form of IEEE P1363': (tbs, right) => right(tbs, { dsaEncoding: 'ieee-p1363' }),
  'gives an empty signature': () => new Uint8Array(),
  'gives the bytes themselves': (tbs) => tbs,
  'gives a signature and more': (tbs, right) => Buffer.concat([right(tbs), new Uint8Array(1)]),
};
for (const [what, sign] of Object.entries(wrong)) {
  test(`A signer that ${what} has failed, at its first signature and at its third`, async (t) => {
    const { ask, signer, right } = await authority();
    await failed(t, ask(signer((tbs) => sign(tbs, right))));
    let calls = 0;
    const late = signer((tbs) => (++calls < 3 ? right(tbs) : sign(tbs, right)));
    await ask(late);
    await ask(late);
    await failed(t, ask(late));
    await failed(t, ask(late));
  });
}

for (const [what, given] of Object.entries({ nothing: undefined, 'a text': 'x', '1 MiB': new Uint8Array(2 ** 20) })) {
  test(`A signer that gives ${what} has failed`, async (t) => {
    const { ask, signer } = await authority();
    await failed(t, ask(signer(() => given)), /has no signature/);
  });
}

test('What a signer does to the bytes after it signed them changes nothing', async (t) => {
  const { ask, signer, right } = await authority();
  const seen: Uint8Array[] = [];
  const certificate = await ask(
    signer((tbs) => {
      seen.push(tbs.slice());
      const signature = right(tbs);
      tbs.fill(0);
      return signature;
    }),
  );
  t.deepEqual([takeApart(certificate.der).tbs.slice()], seen);
});

for (const software of [true, false]) {
  const whose = software ? 'software' : 'another signer';
  test(`What an encoder does to the bytes while ${whose} is at work changes nothing`, async (t) => {
    const { ask, right, signer, key } = await authority();
    let judged = new Uint8Array();
    const encode: Encode = (...given) => {
      const tbs = encodeTbs(...given);
      judged = new Uint8Array(tbs);
      queueMicrotask(() => tbs.fill(0));
      return tbs;
    };
    const its = software ? softwareSigner(key) : signer(right);
    await ask(its);
    const certificate = await ask(its, encode);
    t.deepEqual(takeApart(certificate.der).tbs.slice(), judged);
    t.true(signatureIsBy(certificate, spkiOf(key.publicKey)));
  });
}

test('The way in which a signer of core signs cannot be replaced', async (t) => {
  const { key } = await authority();
  t.throws(() => Object.assign(softwareSigner(key), { sign: async () => new Uint8Array() }), { instanceOf: TypeError });
});

for (const algorithm of ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048'] as const) {
  test(`The first signature of each authority ${algorithm} by software is verified, until one is good`, async (t) => {
    const [one, two] = [await authority(algorithm), await authority(algorithm)];
    const { privateKey } = await source.make({ id: 'other', algorithm });
    // A key whose halves do not belong together.
    const mixed = softwareSigner({ ...one.key, ...(privateKey ? { privateKey } : {}) });
    await failed(t, one.ask(mixed));
    await failed(t, one.ask(mixed));
    await t.notThrowsAsync(one.ask(softwareSigner(one.key)));
    // That one authority signs well says nothing of another.
    await failed(t, two.ask(softwareSigner({ ...two.key, ...(privateKey ? { privateKey } : {}) })));
  });
}

test('An encoder that writes the key of somebody else is refused before the signature', async (t) => {
  const { ask, right, signer } = await authority();
  let uses = 0;
  const counting = signer((tbs) => {
    uses += 1;
    return right(tbs);
  });
  const foreign = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const encode: Encode = (template, values) => encodeTbs(template, { ...values, publicKey: foreign });
  await t.throwsAsync(ask(counting, encode), { code: 'LINT_FAILED', message: /as-planned: its key is another/ });
  t.is(uses, 0);
});
