import { type Algorithm, type Key, type KeySource, type Secret, softwareKeys } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { fixtureKeys } from '../fixture-keys.ts';
import { failuresOf } from '../testing/recorder.ts';
import { testKeySource } from './test-key-source.ts';

const quick = ['ecdsa-p256', 'ecdsa-p384', 'ed25519'] as const;

testKeySource(test, fixtureKeys, { name: 'the source of fixture keys' });
testKeySource(test, softwareKeys, { name: 'the software source', algorithms: quick });

type Make = (algorithm: Algorithm, good: KeySource) => Promise<Key>;

const finds = test.macro(async (t: ExecutionContext, make: Make, rule: string, message: RegExp) => {
  const good = fixtureKeys();
  const bad: KeySource = { make: ({ algorithm }) => make(algorithm, good) };
  const options = { algorithms: [...quick, 'rsa-2048'] as const };
  const found = await failuresOf('the key source', (record) => testKeySource(record, () => bad, options));
  t.deepEqual(Object.keys(found), [rule]);
  t.regex(found[rule] ?? '', message);
});

const changed =
  (change: (key: Key) => Key): Make =>
  async (algorithm, good) =>
    change(await good.make({ id: 'x', algorithm }));

const kind = 'makes keys of the kind that is asked for';
const refuses = 'refuses by a PkiError what it does not make';
const one: Make = (algorithm, good) => {
  const known = algorithm.startsWith('rsa') ? algorithm : 'ecdsa-p256';
  return good.make({ id: 'x', algorithm: known });
};
test('one kind of key for all', async (t) => {
  const good = fixtureKeys();
  const bad: KeySource = { make: ({ algorithm }) => one(algorithm, good) };
  const found = await failuresOf('the key source', (record) => testKeySource(record, () => bad));
  t.regex(found[kind] ?? '', /asked for ecdsa-p384 it makes ecdsa-p256/);
});
test(
  'another name for the kind',
  finds,
  changed((key) => (key.algorithm === 'ecdsa-p256' ? { ...key, algorithm: 'rsa-4096' } : key)),
  kind,
  /it says rsa-4096 of a key of ecdsa-p256/,
);

const refusing: Make = (algorithm, good) =>
  algorithm === 'rsa-4096' ? Promise.reject(new Error('no')) : good.make({ id: 'x', algorithm });
test(
  'a refusal by any error',
  finds,
  refusing,
  refuses,
  /asked for rsa-4096 it neither makes it nor refuses by a PkiError/,
);

const known = new Map<Algorithm, Promise<Key>>();
const always: Make = (algorithm, good) => {
  const key = known.get(algorithm) ?? good.make({ id: 'x', algorithm });
  known.set(algorithm, key);
  return key;
};
test('the same key again', finds, always, 'makes another key each time', /of 8 keys of ecdsa-p256 1 are different/);

const halves: Make = async (algorithm, good) => {
  const [key, other] = [await good.make({ id: 'x', algorithm }), await good.make({ id: 'y', algorithm })];
  return { ...key, secret: other.secret as Secret };
};
test('two halves of two keys', finds, halves, 'gives both halves of one key', /its private half is of another key/);

const form = 'writes private keys in the form that Kubernetes writes';
const secretOf = (reveal: (key: Key) => string) =>
  changed((key) => ({
    ...key,
    secret: Object.assign(Object.create(key.secret ?? null), { reveal: () => reveal(key) }),
  }));
const pkcs8 = secretOf(({ privateKey }) => String(privateKey?.export({ type: 'pkcs8', format: 'pem' })));
test('another form of PEM', finds, pkcs8, form, /the PEM of ecdsa-p256 has another form/);
const bare = secretOf(({ secret }) => secret?.reveal().trimEnd() ?? '');
test('no newline at the end', finds, bare, form, /does not end with a newline/);

const open = changed((key) => ({
  ...key,
  secret: { reveal: () => key.secret?.reveal() ?? '', pem: key.secret?.reveal() } as never,
}));
test('a secret that prints itself', finds, open, 'keeps secret what is secret', /a key of ecdsa-p256 prints itself/);
