import type { Problem } from '../error.ts';
import { checkConnections } from './check-connections.ts';
import { checkSpec } from './check-spec.ts';
import { checkUses } from './check-uses.ts';
import { circle } from './order.ts';
import type { Plan } from './plan.ts';
import type { Spec } from './spec.ts';

/** Everything that is wrong with a plan. A plan that is read from a file deserves it as much as one that is made. */
export function checkPlan(plan: Plan): readonly Problem[] {
  return [
    ...checkNames(plan),
    ...checkCircle(plan),
    ...checkUses(plan),
    ...plan.specs.flatMap((spec) => [...checkSpec(plan, spec)]),
    ...checkConnections(plan),
  ];
}

// Names become file names, so they may hold nothing that means something to a file system.
const safeName = /^[a-z0-9]([\w.-]*[a-z0-9])?(\/[a-z0-9]([\w.-]*[a-z0-9])?)*$/i;

function* checkNames(plan: Plan): Generator<Problem> {
  const nodes = new Set(plan.cluster.nodes.map((node) => node.name));
  const owners = new Map<string, Spec>();
  for (const spec of plan.specs) {
    const other = owners.get(spec.id);
    owners.set(spec.id, spec);
    if (other !== undefined) {
      yield {
        where: spec.id,
        message: `two things have this id: one by component ${other.component}, one by component ${spec.component}`,
        hint: 'give one of them another name, or leave one component out',
      };
    }
    if (!safeName.test(spec.name) || spec.name.split('/').some((part) => part.includes('..'))) {
      yield {
        where: spec.id,
        message: `component ${spec.component}: this name cannot be a file name`,
        hint: 'use letters, digits and . _ - between them, in parts divided by /',
      };
    }
    const node = 'node' in spec ? spec.node : undefined;
    if (node !== undefined && !nodes.has(node)) {
      yield { where: spec.id, message: `component ${spec.component}: the cluster has no node ${node}` };
    }
  }
}

function* checkCircle(plan: Plan): Generator<Problem> {
  const names = circle(
    plan.specs.filter((spec) => spec.kind === 'authority'),
    plan.uses,
  );
  if (names.length > 0) {
    yield {
      where: names[0] ?? '',
      message: `these authorities sign each other in a circle: ${names.join(', ')}`,
      hint: 'one of them must sign itself',
    };
  }
}
