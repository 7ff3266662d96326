import { spawnSync } from 'node:child_process';
import { test as nodeTest } from 'node:test';
import test from 'ava';
import { recorder } from '../testing/recorder.ts';
import { type Test, testRules } from './rules.ts';

/** vitest's `test`, so far as it matters. */
type Vitest = <T>(name: string, fn?: (context: { readonly task: T }) => Promise<void> | void) => void;

test("ava, node:test, vitest and a function of one's own are all a test", (t) => {
  const vitest: Vitest = () => undefined;
  const own = (title: string, run: (t?: unknown) => Promise<void>) => [title, run];
  const all: readonly Test[] = [test, nodeTest, vitest, own];
  t.is(all.length, 4);
});

test('a rule passes under ava, and without a context', async (t) => {
  const seen: string[] = [];
  const passed = () => {
    seen.push('passed');
  };
  testRules((_title, run) => run({ pass: passed }), { name: 'x', rules: { holds: () => undefined } });
  const { test: record, failures, titles } = recorder();
  testRules(record, {
    name: 'x',
    rules: { holds: () => undefined, breaks: () => Promise.reject(new Error('broken')) },
  });
  t.deepEqual(await failures(), { 'x breaks': 'broken' });
  t.deepEqual(titles(), ['x holds', 'x breaks']);
  t.deepEqual(seen, ['passed']);
});

test('rules run one after the other, and one that breaks holds up no other', async (t) => {
  const seen: string[] = [];
  const rule = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((done) => setTimeout(done, 5));
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('broken');
  };
  const runs: Promise<void>[] = [];
  testRules((_title, run) => runs.push(run()), { name: 'x', rules: { a: rule('a'), b: rule('b') } });
  t.deepEqual(
    (await Promise.allSettled(runs)).map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  t.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a suite runs under node:test', (t) => {
  const code = `
    import { test } from 'node:test';
    import { fixtureKeys, testKeySource } from '@kubepki/testkit';
    testKeySource(test, fixtureKeys, { algorithms: ['ecdsa-p256', 'rsa-2048'] });
  `;
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import=tsx', '--conditions=source', '--input-type=module', '--eval', code],
    { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: '' } },
  );
  t.is(status, 0, stdout);
  t.regex(stdout, /makes another key each time/);
  t.regex(stdout, /pass 6/);
});
