import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Cluster, SpecInput } from '@kubepki/core';
import test from 'ava';
import { finds, x } from '../testing/bad-component.ts';

const files = 'keeps its files apart';
const words = 'contradicts nobody in flags and bindings';
const hostile = 'leaves the refusal of hostile names to the plan, and does not crash';
const changes = 'changes neither the cluster nor what it has yielded';
const pure = 'needs no key, no clock, no chance and no disk';

const letters = { plan: () => [x(), x({ name: 'X' })] };
test.serial(
  'names that differ in the case of letters alone',
  finds,
  letters,
  files,
  /cluster\/X.crt: two artifacts want this/,
);

const secret = { namespace: 'a', name: 'b' };
const twoSecrets = { plan: () => [x({ secret }), x({ name: 'y', secret })] };
test.serial(
  'one Secret for two certificates',
  finds,
  twoSecrets,
  files,
  /secrets\/a\/b.pem: two artifacts want this file/,
);

const flag = (name: string, { value, node }: { value: string; node: string }) =>
  x({ name, node, process: 'p', flags: { '--port': value } });
const flags = {
  plan: ({ nodes }: Cluster) =>
    nodes.flatMap(({ name: node }) => [flag('x', { value: '1', node }), flag('y', { value: '2', node })]),
};
test.serial('two values for one flag', finds, flags, words, /p cannot have --port both as 1 and as 2/);

const bind = (name: string, clusterRole: string) =>
  x({ name, bindings: [{ binding: 'b', clusterRole, to: { kind: 'User', name: 'u' } }] });
const bindings = { plan: () => [bind('x', 'view'), bind('y', 'edit')] };
test.serial('one binding for two things', finds, bindings, words, /the binding b binds two things/);

const urls = {
  plan: ({ nodes }: Cluster) => nodes.map(({ name: node }) => x({ node, commonName: new URL(`a://${node}`).host })),
};
test.serial(
  'a crash at a name that no node may have',
  finds,
  urls,
  hostile,
  /by a PkiError, and ends in TypeError: Invalid URL/,
);

const push = { plan: ({ nodes }: Cluster) => [x({ port: (nodes as Cluster['nodes'][number][]).push(...nodes) })] };
test.serial('a cluster that is changed', finds, push, changes, /it changes the cluster that it is given/, 'and others');

const sort = { plan: ({ nodes }: Cluster) => [x({ port: (nodes as Cluster['nodes'][number][]).sort().length })] };
test.serial(
  'a cluster that is put in order',
  finds,
  sort,
  changes,
  /it changes the cluster that it is given: TypeError/,
  'and others',
);

function* reused({ nodes }: Cluster): Generator<SpecInput> {
  const spec = x();
  for (const { name: node } of nodes) yield Object.assign(spec, { node });
}
test.serial(
  'a spec that is used again',
  finds,
  { plan: reused },
  changes,
  /it changes a spec that it has yielded/,
  'and others',
);

const reading = (read: () => unknown) => ({ plan: () => (read() === undefined ? [] : [x()]) });
test.serial(
  'a look at the clock',
  finds,
  reading(() => new Date()),
  pure,
  /it uses new Date\(\)$/,
);
test.serial(
  'another look at the clock',
  finds,
  reading(() => Date.now()),
  pure,
  /it uses Date.now$/,
);
test.serial(
  'a throw of the dice',
  finds,
  reading(() => Math.random()),
  pure,
  /it uses Math.random$/,
);
test.serial(
  'a number drawn from node:crypto',
  finds,
  reading(() => randomUUID()),
  pure,
  /it uses crypto.randomUUID$/,
);
test.serial(
  'a look at the disk',
  finds,
  reading(() => existsSync('/')),
  pure,
  /it uses fs.existsSync/,
);
