import { PkiError, softwareKeys } from '@kubepki/core';
import test from 'ava';
import { errorText, keyFinder } from './leaks.ts';

const key = await softwareKeys().make({ id: 'x', algorithm: 'ecdsa-p256' });
const pem = key.secret?.reveal() ?? '';
const hasKey = keyFinder([pem]);
const base64 = (text: string) => Buffer.from(text).toString('base64');

test('a key is found in a text', (t) => {
  t.true(hasKey(pem));
  t.true(hasKey(`an error over ${pem.slice(50, 60)}...`));
});

test('a key is found in base64, wherever it begins', (t) => {
  for (const before of ['', 'x', 'xy', 'xyz']) t.true(hasKey(`data: ${base64(before + pem)}`));
});

test('what is public is no key', async (t) => {
  t.false(hasKey(String(key.publicKey.export({ type: 'spki', format: 'pem' }))));
  t.false(hasKey('-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEI'));
  const other = await softwareKeys().make({ id: 'y', algorithm: 'ecdsa-p256' });
  t.false(hasKey(other.secret?.reveal() ?? ''));
});

test('all parts of an error are told', (t) => {
  const cause = new Error(pem);
  t.true(hasKey(errorText(new PkiError('X', 'x', { hint: pem }))));
  t.true(hasKey(errorText(new PkiError('X', 'x', { problems: [{ where: 'x', message: pem }] }))));
  t.true(hasKey(errorText(new PkiError('X', 'x', { cause }))));
  t.true(hasKey(errorText(Object.assign(new Error('x'), { input: { text: pem } }))));
  t.false(hasKey(errorText(new Error('x'))));
});
