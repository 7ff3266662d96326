import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  certificate,
  failure,
  file,
  freshFolder,
  key,
  link,
  lying,
  only,
  other,
  put,
  runOf,
  sha256,
  state,
  wantedBy,
} from './_place.test.ts';
import { openPlace } from './index.ts';

const stamp = (path: string) => {
  const { ino, mtimeMs, ctimeMs } = lstatSync(path);
  return [ino, mtimeMs, ctimeMs];
};

test('a folder is made with all that is wanted, and the next run changes what differs alone', (t) => {
  const folder = freshFolder(t);
  t.deepEqual(put(folder, 'old').written, [certificate, key, other, only, link]);
  t.is(runOf(folder), 'old');
  const { written, removed, kept } = put(folder, 'new');
  t.deepEqual([written, removed, kept], [[certificate, key, other, link], [only], 0]);
  t.is(runOf(folder), 'new');
  const before = [key, other, link, `${state}/record.json`].map((path) => stamp(join(folder, path)));
  t.like(put(folder, 'new'), { written: [], removed: [], kept: 4 });
  t.deepEqual(
    [key, other, link, `${state}/record.json`].map((path) => stamp(join(folder, path))),
    before,
  );
});

test('one file that differs is written alone', (t) => {
  const folder = freshFolder(t);
  put(folder, 'new');
  const before = stamp(join(folder, other));
  const wanted = wantedBy('new');
  const files = wanted.files.map((one) => (one.path === key ? file(key, { text: 'another key' }) : one));
  t.deepEqual(put(folder, { ...wanted, files }).written, [key]);
  t.deepEqual(stamp(join(folder, other)), before);
  t.is(readFileSync(join(folder, key), 'utf8'), 'another key');
});

test('a mode that was changed is put right, and a file that is gone is written again', (t) => {
  const folder = freshFolder(t);
  put(folder, 'new');
  chmodSync(join(folder, key), 0o644);
  unlinkSync(join(folder, certificate));
  unlinkSync(join(folder, link));
  t.deepEqual(put(folder, 'new').written, [certificate, key, link]);
  t.is(runOf(folder), 'new');
});

test('a file that was edited stops a run before anything is written, unless edits are discarded', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  writeFileSync(join(folder, key), 'mine');
  unlinkSync(join(folder, link));
  symlinkSync('mine.pem', join(folder, link));
  const before = lying(folder);
  const { code, fault, problems } = failure(() => openPlace({ folder, state }));
  t.deepEqual([code, fault], ['FILES_CHANGED', 'input']);
  t.deepEqual(
    problems.map(({ where, message }) => [where, message]),
    [key, link].map((path) => [join(folder, path), 'it was changed since kubepki wrote it']),
  );
  t.deepEqual(lying(folder), before);
  put(folder, 'new', { discards: () => true });
  t.is(runOf(folder), 'new');
});

test('files of others stay, and stop a run only where they are in the way', (t) => {
  const folder = freshFolder(t);
  mkdirSync(join(folder, 'pki'), { recursive: true });
  chmodSync(join(folder, 'pki'), 0o755);
  writeFileSync(join(folder, 'pki/mine.txt'), 'mine');
  writeFileSync(join(folder, key), 'mine');
  const { problems } = failure(() => put(folder, 'old'));
  t.deepEqual(problems, [{ where: join(folder, key), message: 'it is there already, and kubepki did not write it' }]);
  t.false(existsSync(join(folder, state)));
  t.true(put(folder, 'old', { known: (path, hash) => path === key && hash === sha256('mine') }).written.includes(key));
  put(folder, 'new');
  t.is(readFileSync(join(folder, 'pki/mine.txt'), 'utf8'), 'mine');
});

test('what is as it is wanted already is taken over, and what is edited and no longer wanted stays', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  renameSync(join(folder, state), `${folder}-state`);
  t.deepEqual(put(folder, 'old').written, []);
  writeFileSync(join(folder, only), 'mine');
  t.is(failure(() => put(folder, 'new')).code, 'FILES_CHANGED');
  t.deepEqual(put(folder, 'new', { discards: () => true }).removed, []);
  t.is(readFileSync(join(folder, only), 'utf8'), 'mine');
  unlinkSync(join(folder, only));
  t.is(runOf(folder), 'new');
});

test('a path that is left alone is neither written nor removed, nor counted as edited', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  writeFileSync(join(folder, key), 'mine');
  const leaves = (path: string) => path === key || path === only;
  put(folder, 'new', { leaves });
  t.is(readFileSync(join(folder, key), 'utf8'), 'mine');
  t.is(readFileSync(join(folder, only), 'utf8'), `old ${only}\n`);
  t.is(readFileSync(join(folder, other), 'utf8'), `new ${other}\n`);
});

test('folders that were made for files go with them, and others stay', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  mkdirSync(join(folder, 'mine'));
  const { removed } = put(folder, { files: [], links: [], folderMode: () => 0o700 });
  t.is(removed.length, 5);
  t.deepEqual(lying(folder), ['mine 755 ']);
});

(process.getuid?.() === 0 ? test : test.skip)('a file is given to the owner that is wanted', (t) => {
  const folder = freshFolder(t);
  const owned = { ...file('a.key', { text: 'a', mode: 0o640 }), owner: { uid: 1234, gid: 4321 } };
  const wanted = { files: [owned], links: [], folderMode: () => 0o700 };
  put(folder, wanted);
  const { uid, gid, mode } = lstatSync(join(folder, 'a.key'));
  t.deepEqual([uid, gid, mode & 0o777], [1234, 4321, 0o640]);
  chownSync(join(folder, 'a.key'), 0, 0);
  t.deepEqual(put(folder, wanted).written, ['a.key']);
  t.deepEqual(put(folder, wanted).written, []);
});

test('one run at a time has the folder', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const held = openPlace({ folder, state });
  t.is(failure(() => openPlace({ folder, state })).fault, 'busy');
  held.close();
  t.notThrows(() => put(folder, 'new'));
});

test('what is to be written is what it is said to be, or nothing is changed', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const before = lying(folder);
  const wanted = wantedBy('new');
  const files = wanted.files.map((one) => (one.path === other ? { ...one, text: () => 'something else' } : one));
  const { code, message } = failure(() => put(folder, { ...wanted, files }));
  t.is(code, 'FILE_CHANGED');
  t.notRegex(message, /something else/);
  t.deepEqual(lying(folder), before);
});

test('what was written is fresh until what reads it has been told, whatever ended the run', (t) => {
  const folder = freshFolder(t);
  const all = [certificate, key, other, link];
  t.deepEqual(put(folder, 'new').fresh, all);
  const place = openPlace({ folder, state });
  t.like(place.put(wantedBy('new')), { written: [], fresh: all });
  place.settle();
  t.deepEqual(place.put(wantedBy('new')).fresh, []);
  place.close();
  unlinkSync(join(folder, key));
  t.deepEqual(put(folder, 'new').fresh, [key]);
});

test('a dry run says what would be done, and writes nothing', (t) => {
  const folder = freshFolder(t);
  const dry = openPlace({ folder, state, dryRun: true });
  t.is(dry.put(wantedBy('old')).written.length, 5);
  t.false(existsSync(folder));
  put(folder, 'old');
  const before = lying(folder);
  const held = openPlace({ folder, state }); // nobody is kept out by a dry run, nor the other way round
  t.like(openPlace({ folder, state, dryRun: true }).put(wantedBy('new')), { removed: [only], kept: 0 });
  held.close();
  t.deepEqual(lying(folder), before);
  writeFileSync(join(folder, key), 'mine');
  t.is(failure(() => openPlace({ folder, state, dryRun: true })).code, 'FILES_CHANGED');
});

test('a folder there that became a link stops a run when it begins', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const elsewhere = join(folder, '..', 'elsewhere');
  renameSync(join(folder, 'var'), elsewhere);
  symlinkSync(elsewhere, join(folder, 'var'));
  const error = failure(() => openPlace({ folder, state }));
  t.is(error.code, 'FILES_CHANGED');
  t.regex(error.problems[0]?.message ?? '', /it is a link/);
});
