import { existsSync, mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  caCertificate,
  caCopy,
  caKey,
  cluster,
  content,
  entryOf,
  everything,
  failure,
  freshFolder,
  generate,
  link,
  modeOf,
  opened,
  plan,
  push,
  small,
  wholeText,
} from './_tree.test.ts';
import { manifestSchema, openOutput, stagedTree } from './index.ts';

test('the folder, its marker and the first generation are made as they are described', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one', { folderMode: (path) => (path.startsWith('nodes') ? 0o755 : 0o700) });
  t.is(wholeText(folder), 'one');
  t.is(readFileSync(join(folder, '.kubepki'), 'utf8'), '{"kubepki":1,"cluster":"prod"}\n');
  t.is(readFileSync(join(folder, '.gitignore'), 'utf8'), '*\n');
  for (const path of ['', 'generations', 'generations/0001', 'current/authorities']) {
    t.is(modeOf(join(folder, path)), '700', path);
  }
  t.is(modeOf(join(folder, 'current/nodes/cp-1/etc')), '755');
  t.is(modeOf(join(folder, 'current', caKey.path)), '600');
  t.is(modeOf(join(folder, 'current', caCertificate.path)), '644');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'current/manifest.json'), 'utf8')));
  t.deepEqual(
    manifest.files.map(({ path }) => path),
    small.map(({ path }) => path),
  );
  t.deepEqual(manifest.links, [link]);
});

test('nothing is made before the first file', (t) => {
  const folder = freshFolder(t);
  stagedTree(opened(t, folder), { cluster });
  t.false(existsSync(folder));
});

test('a later generation takes over files as they are, and the earlier one stays', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const tree = stagedTree(opened(t, folder), { cluster });
  for (const file of small) await tree.keep(file, tree.current(file.path) ?? entryOf(file));
  await tree.link(link);
  await tree.commit({ plan });
  t.is(openOutput({ folder, write: false }).generation, 2);
  t.is(wholeText(folder), 'one');
  t.true(existsSync(join(folder, 'generations/0001', caKey.path)));
});

test('a file that was changed or is gone is not taken over', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  writeFileSync(join(folder, 'current', caKey.path), 'another key');
  unlinkSync(join(folder, 'current', caCopy.path));
  const tree = stagedTree(opened(t, folder), { cluster });
  const error = await failure(tree.keep(caKey, entryOf(caKey)));
  t.is(error.code, 'FILE_CHANGED');
  t.false(error.message.includes('another key'));
  t.is(tree.current(caCopy.path), undefined);
  await tree.abort();
});

test('two files cannot have one path, nor a file the path of a folder', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  for (const path of [caKey.path, `${caKey.path}/a`, link.path]) {
    t.is((await failure(tree.write(content(path), 'x', entryOf(content(path))))).code, 'PATH_TAKEN', path);
  }
  await tree.abort();
});

test('nothing is written outside of the folder', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  for (const path of ['../x', '/x', 'a/../../../x', 'manifest.json']) {
    t.is((await failure(tree.write(content(path), 'x', entryOf(content(path))))).code, 'PATH_UNSAFE', path);
    t.is((await failure(tree.keep(content(path), entryOf(content(path))))).code, 'PATH_UNSAFE', path);
    t.is((await failure(tree.link({ path, link: 'a' }))).code, 'PATH_UNSAFE', path);
  }
  t.is((await failure(tree.link({ path: 'a', link: '../../../etc' }))).code, 'LINK_UNSAFE');
  t.false(existsSync(folder));
});

test('a link that is planted in place of a staged folder or file is not followed', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await tree.write(caKey, 'x', entryOf(caKey));
  const [staging = ''] = everything(join(folder, 'generations')).map((line) => line.split(' ')[0]);
  const target = `${folder}-target`;
  mkdirSync(target);
  symlinkSync(target, join(folder, 'generations', staging, 'nodes'));
  symlinkSync(join(target, 'file'), join(folder, 'generations', staging, caCertificate.path));
  t.is((await failure(tree.write(caCopy, 'x', entryOf(caCopy)))).code, 'PATH_TAKEN');
  t.is((await failure(tree.write(caCertificate, 'x', entryOf(caCertificate)))).code, 'PATH_TAKEN');
  t.deepEqual(everything(target), []);
});

test('a file that somebody changes before the commit stops it', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  const [staging = ''] = everything(join(folder, 'generations')).map((line) => line.split(' ')[0]);
  writeFileSync(join(folder, 'generations', staging, caKey.path), 'another');
  t.is((await failure(tree.commit({ plan }))).code, 'WRITE_FAILED');
  await tree.abort();
  t.false(existsSync(folder));
});
