import { generate, memoryTree } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import test from 'ava';
import { freshFolder, put } from './_place.test.ts';
import { wantedFrom } from './from-tree.ts';

test('a tree is put into a folder as it is, and again writes nothing', async (t) => {
  const text = 'nodes: [{name: cp-1, addresses: [10.0.0.11]}]';
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const tree = memoryTree();
  for await (const _ of generate({ plan, emitters, layout, tree }));
  const view = tree.view(plan);
  const { leftOut, ...wanted } = wantedFrom(view, { folderMode: layout.folderMode });
  const folder = freshFolder(t);
  t.is(put(folder, wanted).written.length, tree.files.size + tree.links.size);
  t.deepEqual(put(folder, wanted).written, []);
  t.deepEqual(leftOut, []);
});

test('what is kept apart is left out, and told', (t) => {
  const entry = { path: 'authorities/ca.key', emitter: 'x', fields: 'x', mode: 0o600, secret: true, holds: [] };
  const entries = new Map([[entry.path, { ...entry, apart: true } as const]]);
  const view = { entries, links: new Map(), read: () => t.fail() as never };
  const { files, leftOut } = wantedFrom(view, { folderMode: () => 0o700 });
  t.deepEqual([files, leftOut], [[], [entry.path]]);
});
