import test from 'ava';
import { existingTree } from './changes/existing-tree.ts';
import { memoryTree } from './emit/tree/memory.ts';
import type { TreeView } from './emit/tree/tree.ts';
import type { PkiError } from './error.ts';
import { generate } from './pipeline.ts';
import { survey } from './survey.ts';
import type { Survey } from './survey-input.ts';
import { layout, pairs, smallPlan } from './testing/small.ts';

const emitters = [pairs];
const plan = smallPlan();
const now = new Date();

async function written(): Promise<TreeView> {
  const tree = memoryTree();
  for await (const _ of generate({ plan, emitters, layout, tree, now }));
  return tree.view(plan);
}

/** What is still to do where those files are read again, with the text that is given in the place of theirs. */
async function again(output: TreeView, texts: Readonly<Record<string, string | undefined>> = {}): Promise<Survey> {
  const view = {
    ...output,
    has: (path: string) => (path in texts ? texts[path] !== undefined : output.has(path)),
    read: (path: string) => texts[path] ?? output.read(path),
  };
  return survey({ plan, emitters, layout, existing: existingTree({ output: view, emitters }), output: view, now });
}

test('nothing is left to do over what a run wrote, wherever it is read again', async (t) => {
  const { idle, makes, writes, drops, keeps } = await again(await written());
  t.deepEqual([idle, makes, writes, drops, keeps], [true, [], [], [], plan.specs.length]);
});

test('what was changed on its way there is refused by the names of the files', async (t) => {
  const { problems } = (await t.throwsAsync(again(await written(), { list: '[]', 'sa.pub': '' }), {
    code: 'FILES_CHANGED',
  })) as PkiError;
  t.deepEqual(
    problems.map(({ where }) => where),
    ['sa.pub', 'list'],
  );
});

test('what did not come there is to be made or written again', async (t) => {
  const { idle, makes, writes } = await again(await written(), { 'x@a.crt': undefined, list: undefined });
  t.false(idle);
  t.deepEqual(makes, [{ id: 'x@a', reasons: ['its certificate is missing'] }]);
  t.deepEqual(writes, ['list', 'x@a.crt', 'x@a.key']);
});

test('what was written by another plan is not what this one asks for', async (t) => {
  const output = await written();
  t.false((await again({ ...output, plan: smallPlan({ backdate: 60 }) })).idle);
  t.false((await again({ ...output, links: new Map([['current', 'x']]) })).idle);
});
