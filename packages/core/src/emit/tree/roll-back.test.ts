import { chmodSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFault } from '@kubepki/injection';
import test from 'ava';
import { PkiError } from '../../error.ts';
import { caKey, everything, freshFolder, generate, link, opened, threeIn, wholeText } from './_tree.test.ts';
import { generations, rollBack } from './index.ts';

const numbers = (folder: string) => [...generations(folder)].map(({ number }) => number);

function refusal(folder: string, generation?: number): PkiError {
  try {
    rollBack({ folder, generation });
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
  throw new Error('no error');
}

test('the generation before the current one, or any other, is made current again', async (t) => {
  const folder = await threeIn(t);
  const { from, to, before, now } = rollBack({ folder });
  t.deepEqual([from, to, before?.view.generation, now.view.generation], [3, 2, 3, 2]);
  t.is(wholeText(folder), 'two');
  rollBack({ folder: `${folder}/`, generation: 3 });
  t.is(wholeText(folder), 'three');
  rollBack({ folder, generation: 1 });
  t.is(wholeText(folder), 'one');
  await generate(folder, 'four');
  t.deepEqual(numbers(folder), [1, 2, 3, 4]);
});

test('one that is unknown, current or the first cannot be gone back to', async (t) => {
  const folder = await threeIn(t);
  t.like(refusal(folder, 7), { code: 'GENERATION_UNKNOWN', fault: 'usage', hint: 'it has 1, 2, 3' });
  t.is(refusal(folder, 3).code, 'GENERATION_CURRENT');
  rollBack({ folder, generation: 1 });
  t.is(refusal(folder).code, 'GENERATION_UNKNOWN');
  t.is(refusal(join(folder, '..', 'none')).code, 'GENERATION_UNKNOWN');
  const held = opened(t, folder);
  t.is(refusal(folder, 2).fault, 'busy');
  held.close();
});

const damages: Readonly<Record<string, (root: string) => void>> = {
  'a file of it was edited': (root) => writeFileSync(join(root, caKey.path), 'another'),
  'a file of it is gone': (root) => unlinkSync(join(root, caKey.path)),
  'a file of it is a link': (root) => {
    renameSync(join(root, caKey.path), join(root, 'moved'));
    symlinkSync('../moved', join(root, caKey.path));
  },
  'a link of it leads elsewhere': (root) => {
    unlinkSync(join(root, link.path));
    symlinkSync('other.key', join(root, link.path));
  },
};
for (const [what, damage] of Object.entries(damages)) {
  test(`a generation is not made current where ${what}`, async (t) => {
    const folder = await threeIn(t);
    damage(join(folder, 'generations/0002'));
    const before = everything(folder);
    const { code, problems, message } = refusal(folder, 2);
    t.is(code, 'GENERATION_BROKEN');
    t.is(problems.length, 1);
    t.notRegex(message + JSON.stringify(problems), /another/);
    t.deepEqual(everything(folder), before);
  });
}

test('a loosened mode is told, and a manifest that was edited', async (t) => {
  const folder = await threeIn(t);
  chmodSync(join(folder, 'generations/0002', caKey.path), 0o644);
  t.regex(refusal(folder, 2).problems[0]?.message ?? '', /its mode is 644, and was 600/);
  const manifest = join(folder, 'generations/0001/manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"files":[', '"files":'));
  t.is(refusal(folder, 1).code, 'OUTPUT_BROKEN');
});

test('what is current may be broken or missing', async (t) => {
  const folder = await threeIn(t);
  unlinkSync(join(folder, 'current/manifest.json'));
  const { from, to, before } = rollBack({ folder });
  t.deepEqual([from, to, before], [3, 2, undefined]);
  unlinkSync(join(folder, 'current'));
  t.is(rollBack({ folder, generation: 2 }).from, 0);
  unlinkSync(join(folder, 'current'));
  symlinkSync('/nowhere', join(folder, 'current'));
  t.is(rollBack({ folder, generation: 1 }).from, 0);
  t.is(wholeText(folder), 'one');
});

test.serial('a death at any call of a way back leaves one of the two generations', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  await generate(folder, 'two');
  const go = async (generation: number) => void rollBack({ folder, generation });
  const { length } = await withFault({ at: 0, fault: 'none' }, () => go(1));
  await go(2);
  for (let at = 0; at < length; at += 1) {
    await withFault({ at, fault: 'dies' }, () => go(1)).catch(() => undefined);
    t.true(['one', 'two'].includes(wholeText(folder) ?? ''));
    if (wholeText(folder) === 'one') await go(2);
    opened(t, folder).close();
    t.deepEqual(
      everything(folder).filter((line) => line.includes('.tmp')),
      [],
    );
  }
});
