import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openOutput } from '../emit/tree/output.ts';
import { newOutput, readCurrent, run } from '../testing/folder-run.ts';
import { pairs, smallPlan } from '../testing/small.ts';
import { existingTree } from './existing-tree.ts';

const plan = smallPlan();
const leaf = plan.specs.find(({ id }) => id === 'x@a');

async function found(t: ExecutionContext, change: (path: string) => void, edits?: readonly string[]) {
  const path = newOutput(t);
  await run(path, plan);
  change(path);
  const output = openOutput({ folder: path, write: false });
  t.teardown(() => output.close());
  const existing = existingTree({ output, emitters: [pairs], ...(edits ? { edits } : {}) });
  if (leaf === undefined) throw new Error('no leaf');
  return { path, find: () => existing.find(leaf), authority: await existing.find(plan.specs[0] ?? leaf) };
}

test('the key of a leaf whose files are as they were written is read when something asks for it', async (t) => {
  const { path, find } = await found(t, () => {}, []);
  const { key, certificate } = await find();
  const kept = readCurrent(path, 'x@a.key');
  t.is(key?.algorithm, 'ecdsa-p256');
  t.is(key?.secret?.reveal(), kept);
  t.deepEqual(key?.publicKey.export({ type: 'spki', format: 'der' }), Buffer.from(certificate?.publicKey ?? []));
  const { key: other } = await find();
  writeFileSync(join(path, 'current', 'x@a.key'), 'nothing');
  t.throws(() => other?.privateKey, { code: 'KEY_UNREADABLE' });
});

test('a key that is not known to be as it was written is read at once', async (t) => {
  const spoil = (path: string) => writeFileSync(join(path, 'current', 'x@a.key'), 'nothing');
  await t.throwsAsync((await found(t, spoil)).find(), { code: 'KEY_UNREADABLE' });
  await t.throwsAsync((await found(t, spoil, ['x@a.key'])).find(), { code: 'KEY_UNREADABLE' });
});

test('who issued a certificate is known where neither it nor the authority changed since', async (t) => {
  const { find, authority } = await found(t, () => {}, []);
  t.is((await find()).issuer, authority.certificate?.fingerprint);
  t.is((await (await found(t, () => {}, ['x@a.crt'])).find()).issuer, undefined);
  t.is((await (await found(t, () => {})).find()).issuer, undefined);
});
