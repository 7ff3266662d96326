import { existsSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { caKey, cluster, freshFolder, generate, opened, plan, push, threeIn } from './_tree.test.ts';
import { generations, openOutput, stagedTree } from './index.ts';

const numbers = (folder: string) => [...generations(folder)].map(({ number }) => number);

test('each generation says when it was made, and which one is current', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'two');
  await tree.commit({ plan, now: new Date('2026-01-02T03:04:05.678Z') });
  const [first, second] = [...generations(folder)];
  t.like(first, { number: 1, current: false });
  t.false('made' in (first ?? {}));
  t.like(second, { number: 2, current: true, made: '2026-01-02T03:04:05.678Z' });
  t.is(second && 'view' in second ? second.view.read(caKey.path) : '', `two ${caKey.path}\n`);
});

test('a generation that cannot be read is told with the others', async (t) => {
  const folder = await threeIn(t);
  unlinkSync(join(folder, 'generations/0002/manifest.json'));
  const found = [...generations(folder)];
  t.deepEqual(
    found.map((one) => 'problem' in one),
    [false, true, false],
  );
  t.deepEqual([...generations(join(folder, '..', 'none'))], []);
});

test('a folder with nothing in it has no generations, and a foreign one is refused', (t) => {
  const folder = freshFolder(t);
  mkdirSync(folder);
  t.deepEqual(numbers(folder), []);
  writeFileSync(join(folder, 'mine'), '');
  t.throws(() => numbers(folder), { message: /not kubepki's/ });
  t.false(existsSync(join(folder, '.kubepki')));
  t.is(openOutput({ folder: join(folder, '..', 'pki-2'), write: false }).generation, 0);
});
