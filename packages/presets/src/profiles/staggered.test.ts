import type { Plan } from '@kubepki/core';
import test from 'ava';
import { assemble, clusterFileSchema, readClusterFile } from '../index.ts';

const week = 7 * 86_400;
const year = 365 * 86_400;

function planOf(nodes: readonly string[], more = ''): Plan {
  const list = nodes.map(
    (name, index) =>
      `  - {name: ${name}, roles: [${index < 3 ? 'control-plane' : 'worker'}], addresses: [10.0.${index >> 8}.${index & 255}]}`,
  );
  const text = `nodes:\n${list.join('\n')}\ncontrolPlaneEndpoint: api.example\n${more}`;
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  return assemble(file, facts).plan;
}

function lives(plan: Plan, name: string): ReadonlyMap<string, number> {
  return new Map(
    plan.specs.flatMap((spec) =>
      spec.kind === 'leaf' && spec.name === name ? [[spec.node ?? '', spec.validity]] : [],
    ),
  );
}

const names = Array.from({ length: 200 }, (_, index) => `n-${index}`);

test('no two nodes end in the same minute, and none lives a week shorter than asked for', (t) => {
  const found = [...lives(planOf(names), 'kubelet/server').values()];
  t.is(new Set(found.map((life) => Math.floor(life / 60))).size, names.length);
  t.true(found.every((life) => life <= year && life > year - week));
});

test('what is on one node ends with the others of that node', (t) => {
  const plan = planOf(names.slice(0, 4));
  t.is(lives(plan, 'apiserver').get('n-1'), lives(plan, 'etcd/peer').get('n-1'));
});

test('a node that comes or goes changes the lives of no other', (t) => {
  const [all, fewer] = [planOf(names.slice(0, 5)), planOf(names.slice(0, 4))].map((plan) =>
    lives(plan, 'kubelet/server'),
  );
  for (const name of names.slice(0, 4)) t.is(all?.get(name), fewer?.get(name));
});

test('short lives differ by no more than a twentieth', (t) => {
  const found = [...lives(planOf(names, 'validity: {leaves: 10h}'), 'kubelet/server').values()];
  t.true(found.every((life) => life <= 36_000 && life > 36_000 * 0.95 - 60));
});

test('people and authorities, a life of its own, and a file that wants none are as asked for', (t) => {
  const plan = planOf(names.slice(0, 4), 'certificates: {scheduler: {validity: 90d}, apiserver@n-1: {validity: 80d}}');
  t.true([...lives(plan, 'scheduler').values()].every((life) => life === 90 * 86_400));
  t.is(lives(plan, 'apiserver').get('n-1'), 80 * 86_400);
  t.is(lives(plan, 'admin').get(''), year);
  const still = planOf(names.slice(0, 4), 'validity: {stagger: false}');
  t.true([...lives(still, 'kubelet/server').values()].every((life) => life === year));
});

test('kubeadm’s are alike, unless the file wants otherwise', (t) => {
  const alike = planOf(names.slice(0, 4), 'profile: kubeadm');
  t.deepEqual([...new Set(lives(alike, 'apiserver').values())], [year]);
  const different = planOf(names.slice(0, 4), 'profile: kubeadm\nvalidity: {stagger: true}');
  t.is(new Set(lives(different, 'apiserver').values()).size, 3);
});
