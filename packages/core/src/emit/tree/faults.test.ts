import { existsSync, rmSync } from 'node:fs';
import { type Fault, withFault, withShortWrites } from '@kubepki/injection';
import test from 'ava';
import { PkiError } from '../../error.ts';
import { cluster, content, everything, freshFolder, generate, opened, plan, push, wholeText } from './_tree.test.ts';
import { stagedTree } from './index.ts';

const none = { at: 0, fault: 'none' } as const;

async function failed(run: Promise<unknown>): Promise<unknown> {
  try {
    await run;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Names of runs that were not finished. */
function leftovers(folder: string): readonly string[] {
  return everything(folder).filter((line) => /(^|\/)\.[^/ ]*\.tmp/.test(line));
}

for (const fault of ['ENOSPC', 'EIO'] as const) {
  test.serial(`${fault} at any call leaves the earlier generation or the whole next one`, async (t) => {
    const folder = freshFolder(t);
    await generate(folder, '0');
    const { length } = await withFault(none, () => generate(folder, '1'));
    t.true(length > 60);
    for (let at = 0; at < length; at += 1) {
      const before = wholeText(folder);
      const error = await failed(withFault({ at, fault }, () => generate(folder, `run ${at}`)));
      const after = wholeText(folder);
      if (error === undefined) t.is(after, `run ${at}`);
      else {
        t.true(error instanceof PkiError && error.fault === 'system', `${at}: ${error}`);
        t.true((error as Error).message.includes(folder) || (error as PkiError).code === 'COMMIT_UNSURE', `${error}`);
        t.is(after, (error as PkiError).code === 'COMMIT_UNSURE' ? `run ${at}` : before, `${at}: ${error}`);
      }
    }
    await generate(folder, 'last');
    t.is(wholeText(folder), 'last');
    t.deepEqual(leftovers(folder), []);
  });
}

test.serial('EMFILE at any call of a first run leaves nothing, or the whole generation', async (t) => {
  const folder = freshFolder(t);
  const umask = process.umask(0o777); // with which a folder's mode is set by a call of its own
  t.teardown(() => process.umask(umask));
  const { length } = await withFault(none, () => generate(folder, 'one'));
  for (let at = 0; at < length; at += 1) {
    rmSync(folder, { recursive: true, force: true });
    const error = await failed(withFault({ at, fault: 'EMFILE' }, () => generate(folder, 'one')));
    const committed = error === undefined || (error as PkiError).code === 'COMMIT_UNSURE';
    t.is(existsSync(folder), committed, `${at}: ${error}`);
  }
});

const deaths: readonly (readonly [title: string, first: boolean])[] = [
  ['of a first run', true],
  ['of a later run', false],
];
for (const [title, first] of deaths) {
  test.serial(`a death at any call ${title} leaves the earlier generation or the whole next one`, async (t) => {
    const folder = freshFolder(t);
    await generate(folder, '0');
    if (first) rmSync(folder, { recursive: true });
    const { length } = await withFault(none, () => generate(folder, '1'));
    for (let at = 0; at < length; at += 1) {
      if (first) rmSync(folder, { recursive: true, force: true });
      const before = first ? undefined : wholeText(folder);
      await failed(withFault({ at, fault: 'dies' satisfies Fault }, () => generate(folder, `run ${at}`)));
      const after = await textOrUnfinished(folder);
      t.true([before, `run ${at}`, 'unfinished'].includes(after), `${at}: ${after}`);
      await generate(folder, `after ${at}`);
      t.is(wholeText(folder), `after ${at}`);
      t.deepEqual(leftovers(folder), [], `${at}`);
    }
  });
}

test.serial('a file system without symbolic links is refused before anything secret is written', async (t) => {
  const folder = freshFolder(t);
  const calls = await withFault(none, () => generate(folder, 'one'));
  rmSync(folder, { recursive: true });
  const at = calls.indexOf('symlinkSync');
  const error = await failed(withFault({ at, fault: 'EPERM' }, () => generate(folder, 'one')));
  t.is((error as PkiError).code, 'OUTPUT_NO_LINKS');
  t.false(existsSync(folder));
});

test.serial('where the system cannot store all at once, each of many files is stored by itself', async (t) => {
  const files = Array.from({ length: 600 }, (_, index) => content(`users/${index}.key`));
  const commit = async () => {
    const tree = stagedTree(opened(t, freshFolder(t)), { cluster });
    await push(tree, 'one', files);
    await tree.commit({ plan });
  };
  const stores = (calls: readonly string[]) => calls.filter((call) => call === 'fsyncSync').length;
  const atOnce = stores(await withFault(none, commit));
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  const single = stores(await withFault(none, commit));
  process.env.PATH = PATH;
  t.true(single > files.length);
  t.true(atOnce < 20 || atOnce === single);
});

test.serial('a write that takes a part of the bytes is continued', async (t) => {
  const folder = freshFolder(t);
  await withShortWrites(() => generate(folder, 'one'));
  t.is(wholeText(folder), 'one');
});

/** A first run may end between its last two steps; then a reader is told. */
async function textOrUnfinished(folder: string): Promise<string | undefined> {
  try {
    return wholeText(folder);
  } catch (error) {
    if (error instanceof PkiError && error.code === 'OUTPUT_UNFINISHED') return 'unfinished';
    throw error;
  }
}
