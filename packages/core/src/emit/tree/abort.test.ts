import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  caKey,
  cluster,
  entryOf,
  everything,
  failure,
  freshFolder,
  generate,
  opened,
  plan,
  push,
  wholeText,
} from './_tree.test.ts';
import { openOutput, stagedTree } from './index.ts';

test('a run that is stopped leaves nothing of its own', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  await tree.abort();
  t.false(existsSync(folder));
  t.is((await failure(tree.write(caKey, 'x', entryOf(caKey)))).code, 'STOPPED');
  t.is((await failure(tree.commit({ plan }))).code, 'STOPPED');
  t.false(existsSync(folder));
});

test('a folder that was there stays when the first run into it is stopped', async (t) => {
  const folder = freshFolder(t);
  mkdirSync(folder);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  await tree.abort();
  t.deepEqual(everything(folder), []);
});

test('the earlier generation is as it was when a later run is stopped', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const before = everything(folder).filter((line) => !line.startsWith('generations '));
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'two');
  await tree.abort();
  t.deepEqual(
    everything(folder).filter((line) => !line.startsWith('generations ')),
    before,
  );
});

test('stopping after a commit takes nothing back', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  await tree.commit({ plan });
  await tree.abort();
  t.is(wholeText(folder), 'one');
});

test('of two runs into a new folder the second is told so, and takes nothing from the first', async (t) => {
  const folder = freshFolder(t);
  const [first, second] = [1, 2].map(() => stagedTree(opened(t, folder), { cluster }));
  if (!first || !second) return t.fail();
  await first.write(caKey, 'first', entryOf(caKey));
  t.is((await failure(second.write(caKey, 'second', entryOf(caKey)))).code, 'BUSY');
  await second.abort();
  await first.commit({ plan });
  t.is(openOutput({ folder, write: false }).read(caKey.path), 'first');
});

test.serial('without flock one of several runs commits, and the others leave nothing', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  const [first, second, third] = [1, 2, 3].map(() => stagedTree(opened(t, folder), { cluster }));
  process.env.PATH = PATH;
  if (!first || !second || !third) return t.fail();
  await push(first, 'first');
  await push(second, 'second');
  await second.commit({ plan });
  t.is((await failure(first.commit({ plan }))).code, 'BUSY');
  t.is((await failure(third.write(caKey, 'third', entryOf(caKey)))).code, 'BUSY');
  await first.abort();
  await third.abort();
  t.is(wholeText(folder), 'second');
  t.deepEqual(
    everything(join(folder, 'generations')).filter((line) => line.startsWith('.')),
    [],
  );
});
