import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { failure, file, freshFolder, key, lying, put, recover, runOf, state } from './_place.test.ts';

type Plant = (folder: string) => void;
const elsewhere = (folder: string, name: string) => join(dirname(folder), name);
const planted: Readonly<Record<string, readonly [plant: Plant, says: RegExp]>> = {
  'a link in place of a folder': [
    (folder) => {
      mkdirSync(elsewhere(folder, 'target'));
      symlinkSync(elsewhere(folder, 'target'), join(folder, 'pki'));
    },
    /it is a link, and a folder is to be there/,
  ],
  'a link in place of a folder further in': [
    (folder) => {
      mkdirSync(elsewhere(folder, 'target'));
      mkdirSync(join(folder, 'var'));
      symlinkSync(elsewhere(folder, 'target'), join(folder, 'var/deep'));
    },
    /it is a link/,
  ],
  'a link in place of the state': [
    (folder) => {
      mkdirSync(elsewhere(folder, 'target'));
      symlinkSync(elsewhere(folder, 'target'), join(folder, state));
    },
    /it is a link/,
  ],
  'a file in place of a folder': [(folder) => writeFileSync(join(folder, 'pki'), ''), /it is no folder/],
  'a folder that everybody may write into': [
    (folder) => {
      mkdirSync(join(folder, 'pki'));
      chmodSync(join(folder, 'pki'), 0o777);
    },
    /everybody may write into it/,
  ],
  'a link in place of a file': [
    (folder) => {
      mkdirSync(join(folder, 'pki'));
      writeFileSync(elsewhere(folder, 'target'), 'theirs');
      symlinkSync(elsewhere(folder, 'target'), join(folder, key));
    },
    /kubepki did not write it/,
  ],
  'a pipe in place of a file': [
    (folder) => {
      mkdirSync(join(folder, 'pki'));
      spawnSync('mkfifo', [join(folder, key)]);
    },
    /it is no plain file/,
  ],
  'a folder in place of a file': [(folder) => mkdirSync(join(folder, key), { recursive: true }), /it is no plain file/],
};
for (const [what, [plant, says]] of Object.entries(planted)) {
  test(`nothing is written where there is ${what}`, (t) => {
    const folder = freshFolder(t);
    mkdirSync(folder);
    plant(folder);
    const before = lying(dirname(folder));
    const { code, problems } = failure(() => put(folder, 'old'));
    t.is(code, 'FILES_CHANGED');
    t.regex(problems.map(({ message }) => message).join(), says);
    t.deepEqual(lying(dirname(folder)), before);
  });
}

test('a folder that is a link, or open to everybody, is refused', (t) => {
  const folder = freshFolder(t);
  symlinkSync(dirname(folder), folder);
  t.is(failure(() => put(folder, 'old')).code, 'OUTPUT_IS_LINK');
  unlinkSync(folder);
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  t.is(failure(() => put(folder, 'old')).code, 'OUTPUT_OPEN');
});

(process.getuid?.() === 0 ? test : test.skip)('a folder of another user is refused', (t) => {
  const folder = freshFolder(t);
  mkdirSync(join(folder, 'pki'), { recursive: true });
  chownSync(join(folder, 'pki'), 65534, 65534);
  t.regex(failure(() => put(folder, 'old')).problems[0]?.message ?? '', /another user \(uid 65534\)/);
});

test('a hard link to a file is cut, so that what it shared stays', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  linkSync(join(folder, key), elsewhere(folder, 'shared'));
  put(folder, 'new');
  t.is(readFileSync(elsewhere(folder, 'shared'), 'utf8'), `old ${key}\n`);
});

test('a journal or a record that was edited is refused, and leads nowhere', (t) => {
  const folder = freshFolder(t);
  put(folder, 'old');
  const target = elsewhere(folder, 'target');
  writeFileSync(target, 'theirs');
  const journal = (change: object) => ({ version: 1, phase: 'staging', folders: [], after: {}, changes: [change] });
  const edited: readonly (readonly [name: string, text: string])[] = [
    ['journal.json', '{'],
    ['journal.json', '[]'],
    ['journal.json', '{"version": 2}'],
    ['journal.json', JSON.stringify(journal({ path: '../target' }))],
    ['journal.json', JSON.stringify(journal({ path: 'a', temp: '../target' }))],
    ['journal.json', JSON.stringify(journal({ path: 'a', temp: key }))],
    ['record.json', JSON.stringify({ version: 1, lying: { '/etc/passwd': 'file:0' } })],
    ['record.json', JSON.stringify({ version: 1, lying: { a: 1 } })],
  ];
  for (const [name, text] of edited) {
    const path = join(folder, state, name);
    const whole = name === 'record.json' ? readFileSync(path, 'utf8') : undefined;
    writeFileSync(path, text);
    t.is(failure(() => recover(folder)).code, 'INSTALL_BROKEN', text);
    if (whole === undefined) unlinkSync(path);
    else writeFileSync(path, whole);
  }
  t.is(readFileSync(target, 'utf8'), 'theirs');
  t.is(runOf(folder), 'old');
});

test('nothing is put where the state lies', (t) => {
  const folder = freshFolder(t);
  const files = [file(`${state}/record.json`, { text: 'mine' })];
  t.regex(
    failure(() => put(folder, { files, links: [], folderMode: () => 0o700 })).problems[0]?.message ?? '',
    /what is remembered lies there/,
  );
});
