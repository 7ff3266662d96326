import { type Cluster, client, type SpecInput } from '@kubepki/core';
import test from 'ava';
import { finds, x } from '../testing/bad-component.ts';

const specs = 'yields nothing but specs, as plain data';
const ids = 'keeps its ids apart';
const json = 'makes a plan that comes back from JSON as it was';
const same = 'plans the same for the same cluster';
const noNodes = 'makes a plan of no nodes at all, or refuses that by a PkiError';
const threeNodes = 'makes a sound plan of three nodes';
const byName = 'makes a sound plan of nodes that are known by name alone';

test.serial('nothing that is ever yielded', finds, { plan: () => [] }, specs, /never yields anything/);

const hosts = { plan: () => [Object.assign(x(), { hosts: ['x'] })] };
test.serial(
  'a field that no spec has',
  finds,
  hosts,
  specs,
  /for a cluster of one node: x is no spec:\n.*"hosts"/,
  'and others',
);

const unset = { plan: () => [x({ validity: undefined as never })] };
test.serial('a field that is undefined', finds, unset, specs, /x is no spec:\n.*\n.*validity/, 'and others');

const nothing = { plan: () => [undefined as never] };
test.serial('nothing in place of a spec', finds, nothing, specs, /what it yields at place 0 is no spec/, 'and others');

const unknown = { plan: () => [x({ port: undefined as never })] };
test.serial('a field that JSON does not know', finds, unknown, json, /its plan is not plain data/, 'and others');

class Names {
  dns = ['x'];
  ips = [];
}
test.serial(
  'a field that is more than data',
  finds,
  { plan: () => [x({ sans: new Names() })] },
  specs,
  /x is not plain data/,
);

async function* waiting() {
  yield x();
}
const later = { plan: waiting as unknown as () => Iterable<SpecInput> };
test.serial(
  'a plan that waits for something',
  finds,
  later,
  specs,
  /plan must be a synchronous generator/,
  'and others',
);

const everywhere = { plan: ({ nodes }: Cluster) => nodes.map(() => x()) };
test.serial(
  'one id for what each node has',
  finds,
  everywhere,
  ids,
  /for three control.*: it yields x twice/,
  'and others',
);
test.serial('one id, as the plan sees it', finds, everywhere, threeNodes, /two things have this id/, 'and others');

const y = client({ name: 'y', issuer: 'cluster/client', commonName: 'y', connects: [{ to: 'nobody', at: 'each' }] });
test.serial(
  'a server that nobody plans',
  finds,
  { plan: () => [y] },
  threeNodes,
  /connects to nobody, and/,
  'and others',
);

const ips = {
  plan: ({ nodes }: Cluster) =>
    nodes.map(({ name, ips: [ip] }) => x({ node: name, commonName: (ip as string).trim() })),
};
test.serial('an address that is taken for granted', finds, ips, byName, /TypeError/, 'and others');

const first = { plan: ({ nodes: [node] }: Cluster) => [x({ commonName: (node as { name: string }).name })] };
test.serial(
  'a node that is taken for granted',
  finds,
  first,
  noNodes,
  /for no nodes: .* by a PkiError, and ends in TypeError/,
);

let count = 0;
const counting = { plan: () => [x({ commonName: `x ${count++}` })] };
test.serial('a plan that counts its calls', finds, counting, same, /it plans something else the second time/);
