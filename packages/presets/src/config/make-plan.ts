import {
  type Component,
  idOf,
  makePlan,
  PkiError,
  type Plan,
  type PlanInput,
  type Policy,
  type Problem,
  refuse,
} from '@kubepki/core';

/** What is not of kubepki itself: the names of components, and policies that run after the others. */
export type Foreign = { readonly components: readonly string[]; readonly policies: readonly Policy[] };

/** As `makePlan`; each problem names the foreign component or policy that it comes from. @throws PkiError PLAN_INVALID */
export function makeForeignPlan(input: PlanInput, foreign: Foreign): Plan {
  const { policies } = foreign;
  try {
    return planAfter(input, policies);
  } catch (error) {
    if (!isInvalid(error)) throw error;
    const owners = ownersIn(input, foreign);
    const steps = policies.map((_, index) => problemsAfter(input, policies.slice(0, index)));
    refuse(
      error.code,
      error.problems.map((problem) => withOwner(withPolicy(problem, steps), owners)),
    );
    throw error;
  }
}

function planAfter(input: PlanInput, policies: readonly Policy[]): Plan {
  return makePlan({ ...input, policies: [...(input.policies ?? []), ...policies] });
}

/** By its message, each problem that is there after some of the policies. */
function problemsAfter(input: PlanInput, policies: readonly Policy[]): ReadonlySet<string> {
  try {
    planAfter(input, policies);
    return new Set();
  } catch (error) {
    if (!isInvalid(error)) throw error;
    return new Set(error.problems.map(textOf));
  }
}

function withPolicy(problem: Problem, steps: readonly ReadonlySet<string>[]): Problem {
  const last = steps.findLastIndex((problems) => !problems.has(textOf(problem)));
  return last < 0 ? problem : { ...problem, message: `by policies[${last}]: ${problem.message}` };
}

/** The foreign component that each id is of. */
function ownersIn({ components, cluster }: PlanInput, foreign: Foreign): ReadonlyMap<string, string> {
  const own = components.filter(({ name }) => foreign.components.includes(name));
  return new Map(own.flatMap((component) => idsOf(component, cluster).map((id) => [id, component.name] as const)));
}

function idsOf(component: Component, cluster: PlanInput['cluster']): readonly string[] {
  return [...component.plan(cluster)].flatMap((spec) =>
    typeof spec?.name === 'string' ? [idOf(spec.name, 'node' in spec ? spec.node : undefined)] : [],
  );
}

function withOwner(problem: Problem, owners: ReadonlyMap<string, string>): Problem {
  const owner = owners.get(problem.where);
  if (owner === undefined || problem.message.includes(`component ${owner}`)) return problem;
  return { ...problem, message: `component ${owner}: ${problem.message}` };
}

function textOf({ where, message }: Problem): string {
  return `${where}: ${message}`;
}

function isInvalid(error: unknown): error is PkiError {
  return error instanceof PkiError && error.code === 'PLAN_INVALID';
}
