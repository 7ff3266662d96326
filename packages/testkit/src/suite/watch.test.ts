import crypto, { randomBytes } from 'node:crypto';
import fs, { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import { watch } from './watch.ts';

const sees = test.macro((t: ExecutionContext, run: () => unknown, ...touched: string[]) => {
  t.deepEqual(watch(run).touched, touched);
});

test('nothing', sees, () => [new Date(0).toISOString(), Date.parse('2026-01-01'), Math.max(1, 2), {} instanceof Date]);
test('a new date', sees, () => new Date(), 'new Date()');
test('a date as text', sees, () => Date(), 'Date()');
test('the clock', sees, () => Date.now(), 'Date.now');
test('the clock that only goes forward', sees, () => performance.now(), 'performance.now');
test(
  "the process's clock",
  sees,
  () => [process.hrtime(), process.hrtime.bigint()],
  'process.hrtime',
  'process.hrtime.bigint',
);
test('chance', sees, () => Math.random(), 'Math.random');
test('random bytes by a named import', sees, () => randomBytes(4), 'crypto.randomBytes');
test(
  'random bytes by WebCrypto',
  sees,
  () => globalThis.crypto.getRandomValues(new Uint8Array(4)),
  'crypto.getRandomValues',
);
test('a new key', sees, () => crypto.generateKeyPairSync('ed25519'), 'crypto.generateKeyPairSync');
test('a file by a named import', sees, () => statSync('/'), 'fs.statSync');
test('a file by the default import', sees, () => fs.existsSync('/'), 'fs.existsSync');
test('a file that comes later', sees, () => readFile('/dev/null'), 'fs.promises.readFile');

test('what is used gives what it always gives', (t) => {
  const { value } = watch(() => [Date.now(), new Date(), randomBytes(4).length] as const);
  t.true(Math.abs(value[0] - Date.now()) < 60_000);
  t.true(value[1] instanceof Date);
  t.is(value[2], 4);
});

test('all is as it was afterwards, also after an error', (t) => {
  const before = [Date, Date.now, Math.random, fs.readFileSync, readFileSync, crypto.randomBytes, performance.now];
  t.throws(() => watch(() => JSON.parse('')));
  watch(() => Date.now());
  t.deepEqual(
    [Date, Date.now, Math.random, fs.readFileSync, readFileSync, crypto.randomBytes, performance.now],
    before,
  );
  t.is(readFileSync, fs.readFileSync);
});
