import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withFault } from '@kubepki/injection';
import test from 'ava';
import { everything, generate, opened, threeIn, wholeText } from './_tree.test.ts';
import { generations, pruneGenerations, rollBack } from './index.ts';

const numbers = (folder: string) => [...generations(folder)].map(({ number }) => number);

test('of older generations so many are kept, and the lowest go first', async (t) => {
  const folder = await threeIn(t);
  await generate(folder, 'four');
  const output = opened(t, folder);
  t.deepEqual(pruneGenerations(output, { keep: 9 }), { removed: [], problems: [] });
  t.deepEqual(pruneGenerations(output, { keep: 3 }), { removed: [1], problems: [] });
  t.deepEqual(pruneGenerations(output, { keep: 1 }).removed, [2, 3]);
  t.is(wholeText(folder), 'four');
  t.deepEqual(numbers(folder), [4]);
  for (const keep of [0, -1, 1.5, Number.NaN]) t.throws(() => pruneGenerations(output, { keep }));
});

test('neither the current generation nor one above it is removed', async (t) => {
  const folder = await threeIn(t);
  rollBack({ folder, generation: 2 });
  t.deepEqual(pruneGenerations(opened(t, folder), { keep: 1 }).removed, [1]);
  t.deepEqual(numbers(folder), [2, 3]);
});

test.serial('a generation that cannot be removed is told, and what is left of it goes with the next run', async (t) => {
  const folder = await threeIn(t);
  let found: ReturnType<typeof pruneGenerations> | undefined;
  await withFault({ at: 4, fault: 'EIO' }, async () => {
    found = pruneGenerations({ folder }, { keep: 1 });
  });
  t.deepEqual(found?.removed, []);
  t.regex(found?.problems[0]?.message ?? '', /EIO/);
  t.deepEqual(numbers(folder), [2, 3]);
  t.true(everything(join(folder, 'generations')).some((line) => line.includes('.tmp')));
  opened(t, folder).close();
  t.false(everything(join(folder, 'generations')).some((line) => line.includes('.tmp')));
});

test('where it cannot be seen which are older, that is told, and none is removed', async (t) => {
  const folder = await threeIn(t);
  rmSync(join(folder, 'current'));
  mkdirSync(join(folder, 'current'));
  const { removed, problems } = pruneGenerations({ folder }, { keep: 1 });
  t.deepEqual([removed, problems.map(({ where }) => where)], [[], ['generations']]);
  t.is(everything(join(folder, 'generations')).filter((line) => line.includes('manifest.json')).length, 3);
});

test.serial(
  'a death at any call of a removal leaves whole generations, and nothing that the next run does not clean up',
  async (t) => {
    const folder = await threeIn(t);
    rmSync(join(folder, 'none'), { recursive: true, force: true }); // what Node loads for it is not to be loaded under a fault
    const { length } = await withFault(
      { at: 0, fault: 'none' },
      async () => void pruneGenerations({ folder }, { keep: 1 }),
    );
    t.true(length > 8);
    for (let at = 0; at < length; at += 1) {
      while (numbers(folder).length < 3) await generate(folder, `run ${at}`);
      const prune = async () => void pruneGenerations({ folder }, { keep: 1 });
      await withFault({ at, fault: 'dies' }, prune).catch(() => undefined);
      t.deepEqual(
        [...generations(folder)].filter((one) => 'problem' in one),
        [],
      );
      opened(t, folder).close();
      t.deepEqual(
        everything(folder).filter((line) => line.includes('.tmp')),
        [],
      );
      t.notThrows(() => wholeText(folder));
    }
  },
);
