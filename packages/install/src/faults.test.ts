import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PkiError } from '@kubepki/core';
import { withFault, withShortWrites } from '@kubepki/injection';
import test from 'ava';
import { freshFolder, lying, other, put, recover, runOf, state } from './_place.test.ts';

const none = { at: 0, fault: 'none' } as const;

async function failed(action: () => unknown): Promise<unknown> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Names under which something waits, in the state too. */
function leftovers(folder: string): readonly string[] {
  return [...lying(folder), ...lying(join(folder, state))].filter((line) => /\.tmp |journal/.test(line));
}

test.serial('a death at any call leaves what the next run finishes or takes back', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const { length } = await withFault(none, () => put(folder, 'new'));
  t.true(length > 60);
  const seen: Record<string, number> = {};
  for (let at = 0; at < length; at += 1) {
    put(folder, 'old');
    await failed(() => withFault({ at, fault: 'dies' }, () => put(folder, 'new')));
    recover(folder);
    const run = runOf(folder);
    seen[run] = (seen[run] ?? 0) + 1;
    t.true(['old', 'new'].includes(run), `${at}: ${run}`);
    t.deepEqual(leftovers(folder), [], `${at}`);
    put(folder, 'next');
    t.is(runOf(folder), 'next');
  }
  t.true((seen.old ?? 0) > 10 && (seen.new ?? 0) > 10, JSON.stringify(seen));
});

test.serial('a death while that is finished or taken back leaves it to the run after', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const { length } = await withFault(none, () => put(folder, 'new'));
  for (let at = 0; at < length; at += 7) {
    put(folder, 'old');
    await failed(() => withFault({ at, fault: 'dies' }, () => put(folder, 'new')));
    for (let again = 0; again < 60; again += 4) {
      await failed(() => withFault({ at: again, fault: 'dies' }, () => recover(folder)));
    }
    recover(folder);
    t.true(['old', 'new'].includes(runOf(folder)), `${at}`);
    t.deepEqual(leftovers(folder), []);
  }
});

test.serial('a death at any call of a first run leaves nothing that the next one does not put right', async (t) => {
  const folder = freshFolder(t);
  const { length } = await withFault(none, () => put(folder, 'new'));
  for (let at = 0; at < length; at += 1) {
    rmSync(folder, { recursive: true, force: true });
    await failed(() => withFault({ at, fault: 'dies' }, () => put(folder, 'new')));
    if (existsSync(folder)) recover(folder);
    const files = existsSync(folder) ? lying(folder) : [];
    if (files.length > 0) t.is(runOf(folder), 'new', `${at}`);
    put(folder, 'next');
    t.is(runOf(folder), 'next');
    t.deepEqual(leftovers(folder), []);
  }
});

for (const fault of ['ENOSPC', 'EIO', 'EMFILE'] as const) {
  test.serial(`${fault} at any call leaves the earlier files, or says that some are of each run`, async (t) => {
    const folder = freshFolder(t);
    put(folder, 'old');
    const { length } = await withFault(none, () => put(folder, 'new'));
    for (let at = 0; at < length; at += fault === 'EMFILE' ? 4 : 1) {
      put(folder, 'old');
      const error = (await failed(() => withFault({ at, fault }, () => put(folder, 'new')))) as PkiError | undefined;
      if (error === undefined) t.is(runOf(folder), 'new');
      else {
        t.is(error.fault, 'system', `${at}: ${error}`);
        t.true(error.message.includes(folder), `${error}`);
        if (error.code !== 'INSTALL_UNFINISHED' && error.code !== 'LOCK_FAILED') {
          recover(folder);
          t.is(runOf(folder), 'old', `${at}: ${error}`);
        } else recover(folder);
      }
      t.true(['old', 'new'].includes(runOf(folder)), `${at}: ${error}`);
      t.deepEqual(leftovers(folder), [], `${at}`);
    }
  });
}

test.serial('a write that takes a part of the bytes is continued', async (t) => {
  const folder = freshFolder(t);
  await withShortWrites(() => void put(folder, 'new'));
  t.is(runOf(folder), 'new');
});

test.serial('a write that took nothing, and says otherwise, is found out before anything has its name', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const calls = await withFault(none, () => put(folder, 'new'));
  put(folder, 'old');
  const writes = calls.flatMap((call, at) => (call === 'writeSync' ? [at] : []));
  t.true(writes.length > 3);
  for (const at of writes) {
    const error = await t.throwsAsync(withFault({ at, fault: 'lies' }, () => put(folder, 'new')));
    t.regex(`${error}`, /is not as it was written|WRITE_FAILED|INSTALL_UNFINISHED/, calls[at]);
    recover(folder);
    t.true(['old', 'new'].includes(runOf(folder)));
    put(folder, 'old');
  }
});

test.serial('what waited and was taken away is written again by the next run', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const calls = await withFault(none, () => put(folder, 'new'));
  put(folder, 'old');
  const moving = calls.lastIndexOf('renameSync', calls.lastIndexOf('renameSync') - 1);
  await failed(() => withFault({ at: moving, fault: 'dies' }, () => put(folder, 'new')));
  const [waiting = ''] = leftovers(folder).flatMap((line) => line.split(' ')[0] ?? []);
  t.regex(waiting, /\.kubepki-.*\.tmp$/);
  renameSync(join(folder, waiting), `${folder}-away`);
  recover(folder);
  t.notThrows(() => put(folder, 'new'));
  t.is(runOf(folder), 'new');
});

test.serial('a file that was edited after a run was killed is told, and kept until edits are discarded', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const calls = await withFault(none, () => put(folder, 'new'));
  put(folder, 'old');
  const moving = calls.indexOf('renameSync', calls.indexOf('renameSync', calls.indexOf('renameSync') + 1) + 1);
  await failed(() => withFault({ at: moving + 1, fault: 'dies' }, () => put(folder, 'new')));
  writeFileSync(join(folder, other), 'mine');
  const before = lying(folder);
  const error = (await failed(() => recover(folder))) as PkiError;
  t.is(error.code, 'FILES_CHANGED');
  t.deepEqual(
    error.problems.map(({ where }) => where),
    [join(folder, other)],
  );
  t.deepEqual(lying(folder), before);
  put(folder, 'new', { discards: (path) => path === other });
  t.is(runOf(folder), 'new');
  t.deepEqual(leftovers(folder), []);
});
