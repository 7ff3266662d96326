import { createHash } from 'node:crypto';
import test from 'ava';
import { caCertificate, caKey, content, entryOf, failure, link, plan, push, small } from './_tree.test.ts';
import { listingTree, memoryTree } from './index.ts';

test('a tree in memory holds the files with their modes and texts', async (t) => {
  const tree = memoryTree();
  await push(tree, 'one');
  await tree.commit({ plan });
  t.deepEqual(tree.files.get(caKey.path), { mode: 0o600, text: 'one authorities/ca.key\n' });
  t.is(tree.files.size, small.length);
  t.is(tree.links.get(link.path), link.link);
});

test('a tree in memory lists each file with the hash of its bytes', async (t) => {
  const tree = memoryTree();
  await tree.write(caKey, 'a key\n', entryOf(caKey));
  const hash = createHash('sha256').update('a key\n').digest('hex');
  t.deepEqual(tree.entries.get(caKey.path), { ...entryOf(caKey), sha256: hash });
});

test('a tree in memory takes over files of the one before', async (t) => {
  const first = memoryTree();
  await push(first, 'one');
  const next = memoryTree(first);
  t.like(next.current(caKey.path), entryOf(caKey));
  await next.keep(caKey, entryOf(caKey));
  t.deepEqual([...next.files.keys()], [caKey.path]);
  t.is((await failure(memoryTree().keep(caKey, entryOf(caKey)))).code, 'FILE_UNKNOWN');
});

test('a tree in memory refuses what one on the disk refuses', async (t) => {
  const tree = memoryTree();
  await push(tree, 'one');
  t.is((await failure(tree.write(caKey, 'x', entryOf(caKey)))).code, 'PATH_TAKEN');
  t.is((await failure(tree.write(content('../x'), 'x', entryOf(content('../x'))))).code, 'PATH_UNSAFE');
  t.is((await failure(tree.link({ path: 'a', link: '../b' }))).code, 'LINK_UNSAFE');
});

test('a listing says what would be written and what stays', async (t) => {
  const tree = listingTree(new Map([[caKey.path, entryOf(caKey)]]));
  await tree.write(caCertificate, 'x', entryOf(caCertificate));
  await tree.keep(caKey, entryOf(caKey));
  await tree.link(link);
  t.deepEqual(tree.written, [entryOf(caCertificate)]);
  t.deepEqual(tree.kept, [entryOf(caKey)]);
  t.deepEqual(tree.links, [link]);
  t.deepEqual(tree.current(caKey.path), entryOf(caKey));
});
