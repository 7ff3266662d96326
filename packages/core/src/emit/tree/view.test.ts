import { chmodSync, existsSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  caCopy,
  caKey,
  cluster,
  codeOf,
  everything,
  freshFolder,
  generate,
  link,
  opened,
  plan,
  push,
  small,
} from './_tree.test.ts';
import { memoryTree, openOutput, stagedTree } from './index.ts';
import type { Lying, TreeView } from './tree.ts';

const told = (view: TreeView) => new Map([...view.contents()].map((lying) => [lying.path, shown(lying)]));

function shown(lying: Lying): string {
  if (lying.kind === 'link') return `-> ${lying.link}`;
  return `${lying.kind} ${lying.mode.toString(8)}`;
}

test('what lies in a generation is told with its modes, whether the manifest names it or not', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const root = join(folder, 'generations/0001');
  chmodSync(join(root, caKey.path), 0o4640);
  writeFileSync(join(root, 'nodes/stray'), 'not ours', { mode: 0o644 });
  symlinkSync('/etc', join(root, 'nodes/away'));
  const view = openOutput({ folder, write: false });
  const all = told(view);
  t.is(all.get('.'), 'folder 700');
  t.is(all.get(caKey.path), 'file 4640');
  t.is(all.get('nodes/stray'), 'file 644');
  t.is(all.get('nodes/away'), '-> /etc');
  t.is(all.get(link.path), `-> ${link.link}`);
  t.is(all.get('manifest.json'), 'file 600');
  t.false([...all.keys()].some((path) => path.startsWith('nodes/away/')));
  const paths = [...all.keys()];
  t.true(paths.indexOf('nodes') < paths.indexOf('nodes/cp-1'));
  const stray = [...view.contents()].find(({ path }) => path === 'nodes/stray');
  t.is(stray?.kind === 'file' ? stray.text() : '', 'not ours');
  t.is(
    codeOf(() => view.read('nodes/stray')),
    'FILE_UNKNOWN',
  );
});

test('in a folder without a generation nothing lies', (t) => {
  const folder = freshFolder(t);
  t.deepEqual([...openOutput({ folder, write: false }).contents()], []);
});

test('a staged tree is read before it is current, as it will be', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'two');
  const view = tree.view?.(plan);
  t.is(view?.generation, 2);
  t.is(view?.plan, plan);
  t.is(view?.read(caKey.path), `two ${caKey.path}\n`);
  t.is(view?.links.get(link.path), link.link);
  t.deepEqual(
    [...(view?.entries.values() ?? [])].map(({ path }) => path),
    small.map(({ path }) => path),
  );
  t.regex(view?.entries.get(caKey.path)?.sha256 ?? '', /^[0-9a-f]{64}$/);
  t.is(view && told(view).get(caCopy.path), 'file 600');
  t.is(openOutput({ folder, write: false }).read(caKey.path), `one ${caKey.path}\n`);
  await tree.abort();
});

test('what is removed or replaced before the commit is seen', async (t) => {
  const folder = freshFolder(t);
  const tree = stagedTree(opened(t, folder), { cluster });
  await push(tree, 'one');
  const view = tree.view?.(plan);
  const [name = ''] = everything(join(folder, 'generations')).map((line) => line.split(' ')[0]);
  const root = join(folder, 'generations', name);
  unlinkSync(join(root, caKey.path));
  mkdirSync(join(root, caKey.path));
  t.false(view?.has(caKey.path));
  t.regex((view && told(view).get(caKey.path)) ?? '', /^folder /);
  await tree.abort();
  t.false(existsSync(folder));
});

test('a tree in memory tells what was pushed into it', async (t) => {
  const tree = memoryTree();
  await push(tree, 'one');
  const view = tree.view(plan);
  t.is(view.read(caKey.path), `one ${caKey.path}\n`);
  t.is(
    codeOf(() => view.read('x')),
    'FILE_UNKNOWN',
  );
  t.true(view.has(caKey.path));
  t.false(view.has(link.path));
  const all = told(view);
  t.is(all.get(caKey.path), 'file 600');
  t.is(all.get(link.path), `-> ${link.link}`);
  t.is(all.get('nodes/cp-1'), 'folder 700');
  t.is(all.get('.'), 'folder 700');
});
