import { sign } from 'node:crypto';
import { type Key, type Signer, softwareSigner } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { fixtureKeys } from '../fixture-keys.ts';
import { failuresOf } from '../testing/recorder.ts';
import { testSigner } from './test-signer.ts';

const source = fixtureKeys();
for (const algorithm of ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048', 'rsa-3072'] as const) {
  const make = async () => softwareSigner(await source.make({ id: 'x', algorithm }));
  testSigner(test, make, { name: `the software signer of ${algorithm}` });
}

type Bad = (good: Signer, key: Key) => Signer;

const finds = test.macro(async (t: ExecutionContext, bad: Bad, rule: string, message: RegExp) => {
  const key = await source.make({ id: 'x', algorithm: 'ecdsa-p256' });
  const found = await failuresOf('the signer', (record) => testSigner(record, () => bad(softwareSigner(key), key)));
  t.regex(found[rule] ?? 'the rule holds', message);
});

const kind = 'says truly what kind of key it has';
const verifies = 'signs so that its public key verifies it';
const certificates = 'makes certificates that verify';
const signing =
  (how: (tbs: Uint8Array, good: Signer, key: Key) => Uint8Array | Promise<Uint8Array>): Bad =>
  (good, key) => ({
    ...good,
    sign: async (tbs) => how(tbs, good, key),
  });

test(
  'another algorithm',
  finds,
  (good) => ({ ...good, algorithm: 'ed25519' }),
  kind,
  /says ed25519, and its public key is ecdsa-p256/,
);
test(
  'an algorithm that does not exist',
  finds,
  (good) => ({ ...good, algorithm: 'dsa' as never }),
  kind,
  /there is no algorithm dsa/,
);
test(
  'a public key in another form',
  finds,
  (good) => ({ ...good, publicKey: good.publicKey.slice(26) }),
  kind,
  /must be DER of a Sub/,
);

const privateKey = (key: Key) => key.privateKey as NonNullable<Key['privateKey']>;
const weak = signing((tbs, _, key) => sign('sha1', tbs, privateKey(key)));
test('another digest', finds, weak, verifies, /its signature of 1 bytes does not verify with sha256/);
test('another digest in a certificate', finds, weak, certificates, /makes a certificate: PkiError: .*does not verify/);

const raw = signing((tbs, _, key) => sign('sha256', tbs, { key: privateKey(key), dsaEncoding: 'ieee-p1363' }));
test('an ECDSA signature in another form', finds, raw, verifies, /must be in DER, and this one is r and s in a row/);

const large = signing((tbs, good) => good.sign(tbs.slice(0, 8192)));
test('a limit that nobody knows of', finds, large, verifies, /its signature of 100000 bytes does not verify/);

const array = signing(async (tbs, good) => [...(await good.sign(tbs))] as never);
test('a signature that is no bytes', finds, array, verifies, /a signature must be a Uint8Array/);

const shared: Bad = (good) => {
  let next = new Uint8Array();
  return {
    ...good,
    async sign(tbs) {
      next = new Uint8Array(tbs);
      await Promise.resolve();
      return good.sign(next);
    },
  };
};
test(
  'a place that all calls share',
  finds,
  shared,
  'signs many things at once',
  /its signature of \d+ bytes does not verify/,
);

const turning: Bad = (good) => {
  const publicKey = new Uint8Array(good.publicKey);
  return { ...good, publicKey, sign: (tbs) => good.sign(tbs).finally(() => publicKey.fill(0)) };
};
test('a public key that changes', finds, turning, 'keeps its public key', /another one after it has signed/);

const same = 'changes nothing of what it signs';
const wiping = signing(async (tbs, good) => {
  const signature = await good.sign(tbs);
  tbs.fill(0);
  return signature;
});
test('bytes that are changed', finds, wiping, same, /it changes the bytes that it is to sign/);

const buffer = new Uint8Array(80);
const reusing = signing(async (tbs, good) => {
  const signature = await good.sign(tbs);
  buffer.set(signature);
  return buffer.subarray(0, signature.length);
});
test('a signature that is written over', finds, reusing, same, /the next signature is written over the last one/);
