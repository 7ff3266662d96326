import type { Problem } from '../error.ts';
import { checkConnections } from './check-connections.ts';
import { checkIds, checkName } from './check-names.ts';
import { checkSpec } from './check-spec.ts';
import { checkTable, checkUsesOf } from './check-uses.ts';
import { type Finding, problemOf } from './finding.ts';
import { circle } from './order.ts';
import type { Plan } from './plan.ts';
import type { Spec } from './spec.ts';

/** Everything that is wrong with a plan. A plan that is read from a file deserves it as much as one that is made. */
export function checkPlan(plan: Plan): readonly Problem[] {
  const twice = [...checkIds(plan)];
  return [
    ...twice,
    ...checkCircle(plan),
    ...checkTable(plan),
    ...checkSpecs(plan),
    // Who talks to whom means nothing while an id means two things.
    ...(twice.length > 0 ? [] : checkConnections(plan)),
  ];
}

function* checkSpecs(plan: Plan): Generator<Problem> {
  for (const spec of plan.specs) {
    for (const finding of findings(plan, spec)) yield problemOf(spec, finding);
  }
}

/** What is wrong with one spec by itself, or against the cluster, the table and its authority. */
function* findings(plan: Plan, spec: Spec): Generator<Finding> {
  yield* checkName(plan, spec);
  yield* checkUsesOf(plan, spec);
  yield* checkSpec(plan, spec);
}

function* checkCircle(plan: Plan): Generator<Problem> {
  const authorities = plan.specs.filter((spec) => spec.kind === 'authority');
  const [first, ...others] = circle(authorities, plan.uses);
  if (first === undefined) return;
  const names = [first, ...others].map(({ name }) => name).join(', ');
  yield problemOf(first, {
    message: `these authorities sign each other in a circle: ${names}`,
    hint: 'one of them must sign itself',
  });
}
