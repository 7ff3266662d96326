import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { PkiError } from '../error.ts';
import { authority, client } from '../plan/component.ts';
import { newOutput, readCurrent, run } from '../testing/folder-run.ts';
import { component, smallPlan } from '../testing/small.ts';
import { editsIn } from './edits.ts';
import { openOutput } from './tree/output.ts';

test('a file that was edited stops a run with its path and the generation', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  writeFileSync(join(path, 'current', 'reader.crt'), 'mine');
  const error = (await t.throwsAsync(run(path, smallPlan()), { code: 'FILES_CHANGED' })) as PkiError;
  t.regex(error.message, /generation 1/);
  t.deepEqual(
    error.problems.map(({ where }) => where),
    ['reader.crt'],
  );
  t.deepEqual(readdirSync(join(path, 'generations')), ['0001']);
});

test('edits that are discarded are written as before, and what they alone held is made anew', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const [list, key] = [readCurrent(path, 'list'), readCurrent(path, 'x@a.key')];
  for (const file of ['list', 'x@a.key']) writeFileSync(join(path, 'current', file), 'mine');
  const { made } = await run(path, smallPlan(), { discardEdits: true });
  t.deepEqual(made, ['x@a']);
  t.is(readCurrent(path, 'list'), list);
  t.not(readCurrent(path, 'x@a.key'), key);
  t.true((await run(path, smallPlan())).idle);
});

test('an edited certificate of an authority is read from no other place, and never made again', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  writeFileSync(join(path, 'current', 'ca.crt'), readCurrent(path, 'reader.crt'));
  await t.throwsAsync(run(path, smallPlan(), { discardEdits: true }), { code: 'AUTHORITY_CERTIFICATE_MISSING' });
});

for (const file of ['ca.key', 'sa.key']) {
  test(`an edited ${file} is not discarded`, async (t) => {
    const path = newOutput(t);
    await run(path, smallPlan());
    writeFileSync(join(path, 'current', file), readCurrent(path, 'reader.key'));
    const plan = smallPlan({ exceptions: { reader: { validity: 86_400 } } });
    const error = (await t.throwsAsync(run(path, plan, { discardEdits: true }), { code: 'FILES_CHANGED' })) as PkiError;
    t.deepEqual(
      error.problems.map(({ where }) => where),
      [file],
    );
    t.is(readFileSync(join(path, 'generations', '0001', file), 'utf8'), readCurrent(path, 'reader.key'));
  });
}

test('a file that is not wanted any longer is not dropped with somebody\u2019s edits in it', async (t) => {
  const path = newOutput(t);
  const more = component('more', [
    authority({ name: 'other', commonName: 'other', serves: ['other'] }),
    client({ name: 'its', issuer: 'other', commonName: 'its' }),
  ]);
  const { specs, uses, ...rest } = smallPlan();
  const extra = smallPlan({ components: [more] });
  await run(path, {
    ...rest,
    uses: { ...uses, ...extra.uses },
    specs: [
      ...specs.slice(0, 1),
      ...extra.specs.slice(0, 1),
      ...specs.slice(1, 2),
      ...extra.specs.slice(1),
      ...specs.slice(2),
    ],
  });
  writeFileSync(join(path, 'current', 'its.crt'), 'mine');
  await t.throwsAsync(run(path, smallPlan()), { code: 'FILES_CHANGED' });
});

test('what is no file any longer counts as gone, and is not edited', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const current = join(path, 'current');
  for (const file of ['list', 'x@a.key', 'x@b.key']) rmSync(join(current, file));
  mkdirSync(join(current, 'x@a.key'));
  symlinkSync('ca.crt', join(current, 'x@b.key'));
  writeFileSync(join(current, 'reader.crt'), 'mine');
  t.deepEqual(editsIn(openOutput({ folder: path, write: false })), ['reader.crt']);
});

test('a plan that is the written one is taken, and another is not', async (t) => {
  const path = newOutput(t);
  const plan = smallPlan();
  await run(path, plan);
  t.is(openOutput({ folder: path, write: false, plan }).plan, plan);
  const other = smallPlan({ backdate: 60 });
  const read = openOutput({ folder: path, write: false, plan: other }).plan;
  t.not(read, other);
  t.deepEqual(read, plan);
  writeFileSync(join(path, 'current', 'plan.json'), '{}');
  t.throws(() => openOutput({ folder: path, write: false, plan }), { code: 'OUTPUT_BROKEN' });
});
