import { existsSync } from 'node:fs';
import type { Spec } from '@kubepki/core';
import test from 'ava';
import { added, type Bad, changed, finds } from '../testing/bad-emitter.ts';

const data = 'names its files as plain data';
const same = 'names the same files each time, whatever came before';
const plan = 'changes nothing of the plan';
const pure = 'needs no key, no clock, no chance and no disk to name its files';
const tree = 'writes through the tree alone';

test.serial('nothing that is ever written', finds, () => ({ files: () => [] }), data, /never writes anything; give/);

const dated = added({ path: 'x', mode: 0o644, secret: false, holds: [], content: new Date(0) });
test.serial('a content that is more than data', finds, dated, data, /x is no file: /);

const unset = added({ path: 'x', mode: 0o644, secret: false, holds: [], owner: undefined });
test.serial('a field that is undefined', finds, unset, data, /x is no file: /);

const setuid = added({ path: 'x', mode: 0o4755, secret: false, holds: [] });
test.serial('a mode with bits that are no permissions', finds, setuid, data, /x is no file: /);

let count = 0;
test.serial(
  'files that count their calls',
  finds,
  changed((file) => ({ ...file, content: count++ })),
  same,
  /the second time/,
);

const numbered: Bad = (good) => {
  const nodes: string[] = [];
  return {
    *files(part, context) {
      const { node = '' } = part;
      if (!nodes.includes(node)) nodes.push(node);
      for (const file of good.files(part, context)) yield { ...file, content: nodes.indexOf(node) };
    },
  };
};
test.serial('files that depend on the parts before', finds, numbered, same, /depend on the parts that came before/);

const sorting: Bad = (good) => ({
  *files(part, context) {
    (context.plan.cluster.nodes as object[]).reverse();
    yield* good.files(part, context);
  },
});
test.serial('a plan that is changed', finds, sorting, plan, /it changes the plan that it is given/, 'and others');

const freezing: Bad = (good) => ({
  *files(part, context) {
    for (const spec of part.specs) Object.assign(spec, { component: spec.component } satisfies Partial<Spec>);
    yield* good.files(part, context);
  },
});
test.serial('a plan that is written to', finds, freezing, plan, /it changes the plan that it is given: TypeError/);

const looking = (look: () => unknown): Bad => changed((file) => (look() === undefined ? {} : file));
test.serial(
  'a look at the clock',
  finds,
  looking(() => Date.now()),
  pure,
  /it uses Date.now/,
);
test.serial(
  'a look at the disk',
  finds,
  looking(() => existsSync('/')),
  pure,
  /it uses fs.existsSync/,
);

const past: Bad = (good) => ({
  render: (file, get, random) => (existsSync('/nowhere') ? '' : good.render(file, get, random)),
});
test.serial('a text that depends on the disk', finds, past, tree, /to render cluster\/.* it uses fs.existsSync/);
