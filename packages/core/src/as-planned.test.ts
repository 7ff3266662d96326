import test from 'ava';
import { existingTree } from './changes/existing-tree.ts';
import { memoryTree } from './emit/tree/memory.ts';
import { generate } from './pipeline.ts';
import { templatesHash } from './sign/templates-hash.ts';
import { survey } from './survey.ts';
import type { Survey, SurveyInput } from './survey-input.ts';
import { layout, pairs, smallPlan } from './testing/small.ts';

const emitters = [pairs];
const plan = smallPlan();

async function written(its = plan): Promise<SurveyInput['output']> {
  const tree = memoryTree();
  for await (const _ of generate({ plan: its, emitters, layout, tree }));
  return { ...tree.view(its), templates: templatesHash(its) };
}

/** A survey, and the paths of the files that it read. */
async function surveyed(
  output: SurveyInput['output'],
  change: Partial<SurveyInput> = {},
): Promise<Survey & { readonly read: readonly string[] }> {
  const read: string[] = [];
  const noted = {
    ...output,
    read: (path: string) => {
      read.push(path);
      return output.read(path);
    },
  };
  const existing = existingTree({ output: noted, emitters, edits: [] });
  return { ...(await survey({ plan, emitters, layout, existing, output, edits: [], ...change })), read };
}

test('where nothing is to be done, that is known without reading a leaf', async (t) => {
  const output = await written();
  const { read, ...known } = await surveyed(output);
  const { templates: _, ...before } = output;
  const { read: all, ...compared } = await surveyed(before);
  t.deepEqual(known, compared);
  t.true(known.idle);
  t.deepEqual(
    read.filter((path) => !/^(ca|sa)\./.test(path)),
    [],
  );
  t.true(all.includes('x@a.crt'));
});

test('what differs is found as by comparing all', async (t) => {
  const output = await written();
  const { templates: _, ...before } = output;
  const without = (gone: string): SurveyInput['output'] => ({
    ...output,
    has: (path) => path !== gone && output.has(path),
  });
  for (const path of output.entries.keys()) {
    // That stops every run.
    if (/^(ca|sa)\./.test(path)) continue;
    const { read: _read, ...found } = await surveyed(without(path));
    const { templates: _t, ...plainly } = without(path);
    const { read: _all, ...compared } = await surveyed(plainly);
    t.deepEqual(found, compared, path);
    t.false(found.idle, path);
  }
  t.false((await surveyed({ ...output, links: new Map([['more', 'x']]) })).idle);
  t.true((await surveyed({ ...output, templates: '0'.repeat(64) })).read.includes('x@a.crt'), 'another version');
  t.true((await surveyed(before)).read.includes('x@a.crt'), 'before that was noted');
  t.false((await surveyed(output, { plan: smallPlan({ backdate: 60 }) })).idle, 'another plan');
});

test('an authority that is another now, and a renewal, are looked at', async (t) => {
  const output = await written();
  const other = await written();
  const read = (path: string) => (path === 'ca.crt' || path === 'ca.key' ? other.read(path) : output.read(path));
  const existing = existingTree({ output: { ...output, read }, emitters, edits: [] });
  const found = await survey({ plan, emitters, layout, existing, output, edits: [] });
  t.false(found.idle);
  const renewal = {
    reason: ({ id }: { readonly id: string }) => (id === 'x@a' ? 'asked for' : undefined),
    keepKeys: false,
  };
  const { makes } = await surveyed(output, { renewal });
  t.deepEqual(makes, [{ id: 'x@a', reasons: ['asked for'] }]);
});
