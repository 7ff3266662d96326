import type { Problem } from '../error.ts';
import { type Finding, problemOf } from './finding.ts';
import { lookup } from './lookup.ts';
import type { Plan } from './plan.ts';
import { nodeOf, type Spec } from './spec.ts';

/** An id means one thing. */
export function* checkIds(plan: Plan): Generator<Problem> {
  const owners = new Map<string, Spec>();
  for (const spec of plan.specs) {
    const other = owners.get(spec.id);
    owners.set(spec.id, spec);
    if (other === undefined) continue;
    yield problemOf(spec, {
      message: `two things have this id, the other by component ${other.component}`,
      hint: 'give one of the two another name, or leave one component out',
    });
  }
}

/** Names and uses become file names, and a node is one of the cluster's. */
export function* checkName(plan: Plan, spec: Spec): Generator<Finding> {
  const hint = 'use letters, digits and . _ - between them, in parts divided by /';
  if (!isSafe(spec.name)) yield { message: 'this name cannot be a file name', hint };
  for (const use of 'serves' in spec ? spec.serves : []) {
    if (!isSafe(use)) yield { message: `the use ${JSON.stringify(use)} cannot be part of a file name`, hint };
  }
  const node = nodeOf(spec);
  if (node === undefined || lookup(plan).nodes.has(node)) return;
  yield {
    message: `the cluster has no node ${node}`,
    hint: 'a component takes the names of nodes from the cluster that it is given',
  };
}

// They may hold nothing that means something to a file system.
const safe = /^[a-z0-9]([\w.-]*[a-z0-9])?(\/[a-z0-9]([\w.-]*[a-z0-9])?)*$/i;

function isSafe(name: string): boolean {
  return safe.test(name) && !name.includes('..');
}
