import {
  guardPolicy,
  makePlan,
  PkiError,
  type Plan,
  type PlanInput,
  type Policy,
  type Problem,
  refuse,
} from '@kubepki/core';

/**
 * As `makePlan`, with policies of somebody else that run after the others; each problem names the one that it comes from.
 * @throws PkiError PLAN_INVALID
 */
export function makeForeignPlan(input: PlanInput, policies: readonly Policy[]): Plan {
  try {
    return planAfter(input, policies);
  } catch (error) {
    if (!isInvalid(error) || policies.length === 0) throw error;
    const steps = policies.map((_, index) => problemsAfter(input, policies.slice(0, index)));
    refuse(
      error.code,
      error.problems.map((problem) => withPolicy(problem, steps)),
    );
    throw error;
  }
}

function planAfter(input: PlanInput, policies: readonly Policy[]): Plan {
  const own = policies.map((policy, index) => guardPolicy(policy, `policies[${index}]`));
  return makePlan({ ...input, policies: [...(input.policies ?? []), ...own] });
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

function textOf({ where, message }: Problem): string {
  return `${where}: ${message}`;
}

function isInvalid(error: unknown): error is PkiError {
  return error instanceof PkiError && error.code === 'PLAN_INVALID';
}
