import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { existingTree } from './changes/existing-tree.ts';
import { memoryTree } from './emit/tree/memory.ts';
import { openOutput } from './emit/tree/output.ts';
import { stagedTree } from './emit/tree/staged.ts';
import type { Tree, TreeView } from './emit/tree/tree.ts';
import { PkiError } from './error.ts';
import { type GenerateInput, generate } from './pipeline.ts';
import { layout, pairs, smallPlan } from './testing/small.ts';

const plan = smallPlan();
const emitters = [pairs];

async function made(tree: Tree, verify: GenerateInput['verify']): Promise<number> {
  let count = 0;
  for await (const _ of generate({ plan, emitters, layout, tree, ...(verify ? { verify } : {}) })) count += 1;
  return count;
}

test('what was staged is looked at once, whole, before it becomes current', async (t) => {
  const seen: TreeView[] = [];
  const committed: number[] = [];
  const tree = memoryTree();
  const watched: Tree = { ...tree, commit: async () => void committed.push(seen.length) };
  const count = await made(watched, async (view) => void seen.push(view));
  t.deepEqual(committed, [1]);
  t.is(seen.length, 1);
  t.is(seen[0]?.plan, plan);
  const existing = seen[0] && existingTree({ output: seen[0], emitters });
  const found = await Promise.all(plan.specs.map((spec) => existing?.find(spec)));
  t.is(found.filter((one) => one?.key !== undefined).length, count);
});

test('what the look at it throws ends the run, and nothing of it stays', async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'kubepki-verify-'));
  t.teardown(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'pki');
  const output = openOutput({ folder, write: true });
  const verify = async (view: TreeView) => {
    t.true(view.has('ca.key'));
    throw new PkiError('VERIFY_FAILED', 'not as planned');
  };
  await t.throwsAsync(made(stagedTree(output, { cluster: 'small' }), verify), { code: 'VERIFY_FAILED' });
  output.close();
  t.deepEqual(readdirSync(parent), []);
  t.false(existsSync(folder));
});

test('a tree that cannot be read before its commit is refused before any key is made', async (t) => {
  const { view: _view, ...blind } = memoryTree();
  const source = { make: async () => t.fail('a key was made') as never };
  const run = generate({ plan, emitters, layout, tree: blind, source, verify: async () => {} });
  await t.throwsAsync(run.next(), { code: 'TREE_WITHOUT_VIEW' });
  t.is(await made({ ...blind }, undefined), plan.specs.length);
});

test('a tree may be an object with a state of its own', async (t) => {
  class Own {
    readonly inner = memoryTree();
    readonly write = this.inner.write;
    readonly link = this.inner.link;
    readonly keep = this.inner.keep;
    readonly current = this.inner.current;
    readonly commit = this.inner.commit;
    readonly abort = this.inner.abort;
    view(its: typeof plan) {
      return this.inner.view(its);
    }
  }
  await made(new Own(), async (view) => void t.true(view.has('ca.crt')));
});
