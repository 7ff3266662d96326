import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  caCertificate,
  caCopy,
  caKey,
  cluster,
  codeOf,
  entryOf,
  everything,
  failure,
  freshFolder,
  modeOf,
  opened,
  plan,
} from './_tree.test.ts';
import { openOutput, stagedTree } from './index.ts';
import type { Tree } from './tree.ts';

function folders(t: ExecutionContext): { readonly folder: string; readonly apart: string; readonly key: string } {
  const folder = freshFolder(t);
  const apart = join(dirname(folder), 'keys');
  return { folder, apart, key: join(apart, 'cluster/ca.key') };
}

async function pushApart(tree: Tree, key = 'the key\n'): Promise<void> {
  await tree.write(caCertificate, 'a certificate\n', entryOf(caCertificate));
  await tree.write(caKey, key, entryOf(caKey, true));
  await tree.write(caCopy, key, entryOf(caCopy, true));
}

test("an authority's key is kept in a folder of its own, once, and the manifest says so", async (t) => {
  const { folder, apart, key } = folders(t);
  const tree = stagedTree(opened(t, folder), { cluster, apart });
  await pushApart(tree);
  await tree.commit({ plan });
  await tree.abort();
  t.is(readFileSync(key, 'utf8'), 'the key\n');
  t.deepEqual([modeOf(apart), modeOf(dirname(key)), modeOf(key)], ['700', '700', '600']);
  t.deepEqual(
    everything(folder).filter((line) => line.includes('the key')),
    [],
  );
  const output = openOutput({ folder, write: false });
  t.deepEqual(output.entries.get(caKey.path), entryOf(caKey, true));
  t.false(output.has(caKey.path));
});

test('a later run needs neither the key nor its folder', async (t) => {
  const { folder, apart } = folders(t);
  const output = opened(t, folder);
  const first = stagedTree(output, { cluster, apart });
  await pushApart(first);
  await first.commit({ plan });
  output.close();
  const later = stagedTree(opened(t, folder), { cluster });
  t.deepEqual(later.current(caKey.path), entryOf(caKey, true));
  await later.keep(caKey, entryOf(caKey, true));
  await later.commit({ plan });
  t.true(openOutput({ folder, write: false }).entries.get(caKey.path)?.apart);
});

test('a key that is there already stays where it is the same, and is not touched where it is another', async (t) => {
  const { folder, apart, key } = folders(t);
  mkdirSync(dirname(key), { recursive: true });
  writeFileSync(key, 'the key\n');
  const tree = stagedTree(opened(t, folder), { cluster, apart });
  await pushApart(tree);
  await tree.abort();
  const other = stagedTree(opened(t, folder), { cluster, apart });
  t.is((await failure(pushApart(other, 'other\n'))).code, 'AUTHORITY_KEYS_TAKEN');
  await other.abort();
  t.is(readFileSync(key, 'utf8'), 'the key\n');
});

test('a run that is stopped takes its keys back', async (t) => {
  const { folder, apart } = folders(t);
  const tree = stagedTree(opened(t, folder), { cluster, apart });
  await pushApart(tree);
  await tree.abort();
  t.false(existsSync(apart));
  t.false(existsSync(folder));
});

test('the folder of the keys is not in the output folder, by no way', (t) => {
  const { folder, apart } = folders(t);
  mkdirSync(folder);
  symlinkSync(folder, `${folder}-link`);
  const output = opened(t, folder);
  const inside = [folder, join(folder, 'keys'), `${folder}/../pki/keys`, `${folder}-link/keys`];
  for (const one of inside) {
    t.is(
      codeOf(() => stagedTree(output, { cluster, apart: one })),
      'AUTHORITY_KEYS_INSIDE',
      one,
    );
  }
  t.notThrows(() => stagedTree(output, { cluster, apart }));
  t.notThrows(() => stagedTree(output, { cluster, apart: `${folder}-keys` }));
});

test('a planted link is not followed to write a key', async (t) => {
  const { folder, apart, key } = folders(t);
  mkdirSync(dirname(key), { recursive: true });
  symlinkSync(join(apart, 'elsewhere'), key);
  const tree = stagedTree(opened(t, folder), { cluster, apart });
  t.is((await failure(pushApart(tree))).code, 'READ_FAILED');
  await tree.abort();
  t.false(existsSync(join(apart, 'elsewhere')));
});

test('without a folder for the keys none is written into the tree instead', async (t) => {
  const { folder } = folders(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  t.is((await failure(pushApart(tree))).code, 'AUTHORITY_KEYS_FOLDER');
  await tree.abort();
  t.false(existsSync(folder));
});
