import { type ElsewhereSpec, type LeafSpec, type Plan, type Spec, signerOf } from '@kubepki/core';
import { groupBy } from '../text/group.ts';
import { count, listed } from '../text/words.ts';
import type { Box, Direction, Frame, Row } from './drawing.ts';
import { type NodeKind, nodeKinds } from './kinds.ts';

type Party = LeafSpec | ElsewhereSpec;

function isParty(spec: Spec): spec is Party {
  return spec.kind === 'leaf' || spec.kind === 'elsewhere';
}

/** So many people are drawn one by one; of more, those of the same groups are one. */
const most = 6;
/** So many boxes are in a frame, and rows in a box. */
const mostBoxes = 12;

/** The group that passes every authorizer (kubernetes/apiserver pkg/authentication/user, SystemPrivilegedGroup). */
export const masters = 'system:masters';

/** Whether a leaf's holder may do everything. */
export function isMaster(spec: Spec): boolean {
  return spec.kind === 'leaf' && spec.usages.includes('client') && spec.organizations.includes(masters);
}

/** What is drawn of a plan, frame by frame: people, nodes by kind, what is of no node, and servers elsewhere. */
export function framesOf(plan: Plan): readonly Frame[] {
  const parties = plan.specs.filter(isParty);
  const people = parties.filter((spec) => spec.kind === 'leaf' && spec.person);
  const free = parties.filter((spec) => spec.node === undefined && !people.includes(spec));
  const elsewhere = free.filter(({ kind }) => kind === 'elsewhere');
  const cluster = free.filter(({ kind }) => kind === 'leaf');
  const nodes = nodeKinds(plan).map((kind) => nodesFrame(plan, kind));
  return [
    frame({ key: 'p', kind: 'people', title: 'People', boxes: peopleBoxes(plan, people), size: people.length }),
    ...nodes,
    frame({ key: 'c', kind: 'cluster', title: 'In the cluster', boxes: boxesOf(plan, cluster, 'c'), size: 1 }),
    frame({ key: 'e', kind: 'elsewhere', title: 'Elsewhere', boxes: boxesOf(plan, elsewhere, 'e'), size: 1 }),
  ].filter(({ boxes }) => boxes.length > 0);
}

function frame(its: Pick<Frame, 'key' | 'kind' | 'title' | 'boxes' | 'size'>): Frame {
  return { subtitle: '', names: [], ...its };
}

function nodesFrame(plan: Plan, { key, roles, nodes, specs }: NodeKind): Frame {
  const [first = ''] = nodes;
  const role = roles.map((name) => name.replace('-', ' ')).join(' and ');
  const parties = specs.filter(isParty).filter((spec) => spec.kind === 'elsewhere' || !spec.person);
  const one = nodes.length === 1;
  return {
    key,
    kind: 'nodes',
    title: one ? first : count(nodes.length, `${role} node`),
    subtitle: one ? role : listed(nodes, 3),
    size: nodes.length,
    names: nodes,
    boxes: boxesOf(plan, parties, key),
  };
}

/** A box for each process; what no process reads has one of its own, or of many each component one. */
function boxesOf(plan: Plan, parties: readonly Party[], frameKey: string): readonly Box[] {
  const holderOf = (spec: Party) => (spec.kind === 'leaf' && spec.process) || spec.name;
  const each = groupBy(parties, holderOf);
  const holders = each.size <= mostBoxes ? each : groupBy(parties, ({ component }) => component);
  return [...holders].map(([holder, specs], index) => {
    const key = `${frameKey}b${index}`;
    const title = titleOf(specs, holder);
    const named = groupBy(specs, ({ name }) => name);
    const alike =
      named.size <= mostBoxes
        ? named
        : groupBy(specs, ({ issuer = '', ...spec }) => `${issuer} ${'usages' in spec && spec.usages}`);
    return { key, title, people: 0, rows: [...alike.values()].map((same, row) => rowOf(plan, same, `${key}r${row}`)) };
  });
}

/** The process, or else the common name where all have the same. */
function titleOf([first, ...others]: readonly Party[], holder: string): string {
  if (first?.kind !== 'leaf' || first.process !== undefined || first.commonName === '') return holder;
  return others.every((spec) => spec.kind === 'leaf' && spec.commonName === first.commonName)
    ? first.commonName
    : holder;
}

function peopleBoxes(plan: Plan, people: readonly Party[]): readonly Box[] {
  return [...peopleGroups(people).values()].map((specs, index) => {
    const groups = [...new Set(specs.flatMap(groupsOf))];
    const names = [...new Set(specs.map((spec) => (spec.kind === 'leaf' ? spec.commonName : spec.name)))];
    const several = count(specs.length, 'person', 'people');
    const title = names.length === 1 ? (names[0] ?? '') : groups.length === 1 ? `${several} of ${groups[0]}` : several;
    return { key: `pb${index}`, title, people: specs.length, rows: [rowOf(plan, specs, `pb${index}r0`)] };
  });
}

/** One by one where they are few, else by their groups; where these are many too, those who may do everything apart. */
function peopleGroups(people: readonly Party[]): ReadonlyMap<string, readonly Party[]> {
  if (people.length <= most) return groupBy(people, ({ name }) => name);
  const groups = groupBy(people, (spec) => groupsOf(spec).join('\n'));
  return groups.size <= most ? groups : groupBy(people, (spec) => String(isMaster(spec)));
}

function groupsOf(spec: Party): readonly string[] {
  return spec.kind === 'leaf' ? spec.organizations : [];
}

/** The line of specs that are alike. */
function rowOf({ uses }: Plan, specs: readonly Party[], key: string): Row {
  const [first] = specs;
  const names = [...new Set(specs.map(({ name }) => name))];
  const issuer = first?.issuer;
  const port = first?.kind === 'leaf' ? first.port : first?.addresses[0]?.port;
  const serves = specs.some((spec) => spec.kind === 'elsewhere' || spec.usages.includes('server'));
  return {
    key,
    label: names.length === 1 ? (names[0] ?? '') : `${names[0]} and ${names.length - 1} more`,
    ids: specs.filter(({ kind }) => kind === 'leaf').map(({ id }) => id),
    authority: issuer === undefined ? undefined : signerOf(uses, issuer),
    does: directionOf(specs),
    port: serves ? port : undefined,
    masters: specs.some(isMaster),
  };
}

function directionOf(specs: readonly Party[]): Direction {
  const usages = new Set(specs.flatMap((spec) => (spec.kind === 'leaf' ? spec.usages : ['server' as const])));
  if (usages.size === 2) return 'both';
  if (usages.size === 0) return 'none';
  return usages.has('server') ? 'serves' : 'calls';
}
