import { createPrivateKey, createPublicKey } from 'node:crypto';
import test from 'ava';
import { type EcAlgorithm, ecKey } from './ec.ts';
import { algorithmOf, spkiOf } from './index.ts';
import { readPem } from './pem-block.ts';
import { spkiOfKey } from './spki.ts';

const pemOf = (key: ReturnType<typeof ecKey>) => key.secret?.reveal() ?? '';

for (const [algorithm, count] of [
  ['ecdsa-p256', 200],
  ['ecdsa-p384', 20],
] as const) {
  test(`The encodings of a key ${algorithm} are those of node:crypto`, (t) => {
    for (let made = 0; made < count; made++) check(t, ecKey(algorithm));
  });
}

test('The number of a key that begins with zeros has all of its bytes', (t) => {
  // One of 256 is so.
  const zero = Array.from({ length: 8000 }, () => ecKey('ecdsa-p256')).find(
    (key) => readPem(pemOf(key))[0]?.der[7] === 0,
  );
  if (zero === undefined) return t.fail('of 8,000 none begins with a zero');
  check(t, zero);
});

function check(t: { is(a: unknown, b: unknown): void }, key: ReturnType<typeof ecKey>): void {
  const own = createPrivateKey(pemOf(key));
  t.is(own.export({ type: 'sec1', format: 'pem' }), pemOf(key));
  const spki = createPublicKey(own).export({ type: 'spki', format: 'der' }).toString('hex');
  t.is(Buffer.from(spkiOfKey(key)).toString('hex'), spki);
  t.is(Buffer.from(spkiOf(key.publicKey)).toString('hex'), spki);
  t.is(key.privateKey?.equals(own), true);
  t.is(algorithmOf(key.publicKey), key.algorithm);
}

test('Each of two keys is another, and its objects are made once', (t) => {
  const kinds: readonly EcAlgorithm[] = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p256'];
  const keys = kinds.map(ecKey);
  t.is(new Set(keys.map(pemOf)).size, 3);
  for (const key of keys) {
    t.is(key.publicKey, key.publicKey);
    t.is(key.privateKey, key.privateKey);
  }
});

test('A copy of a key with another public half has the encoding of that one', (t) => {
  const [one, other] = [ecKey('ecdsa-p256'), ecKey('ecdsa-p256')];
  t.deepEqual(spkiOfKey({ ...one, publicKey: other.publicKey }), spkiOfKey(other));
  t.deepEqual(spkiOfKey({ ...one }), spkiOfKey(one));
});
