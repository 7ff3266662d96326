import { type Problem, refuse } from '../error.ts';
import { checkPlan } from './check.ts';
import { completeAll } from './complete.ts';
import { guardPolicy } from './guard-policy.ts';
import type { Exception, PlanInput, Policy } from './input.ts';
import { order } from './order.ts';
import type { Plan } from './plan.ts';
import { selects } from './select.ts';
import type { Spec } from './spec.ts';
import { declaredUses, used } from './uses.ts';

/**
 * Asks each component what it needs and makes one plan of it. Pure: the same input gives the same plan.
 * @throws PkiError PLAN_INVALID with every problem, COMPONENT_FAILED or POLICY_FAILED for code that does not do what it should
 */
export function makePlan(input: PlanInput): Plan {
  const { plan, problems } = draftPlan(input);
  refuse('PLAN_INVALID', [...problems, ...checkPlan(plan)]);
  return plan;
}

function draftPlan(input: PlanInput): { plan: Plan; problems: readonly Problem[] } {
  const { specs, problems } = completeAll(input);
  const declared = declaredUses(specs);
  const uses = input.uses?.(declared) ?? declared;
  const reachable = used(uses);
  const needed = specs.filter((spec) => spec.kind !== 'authority' || reachable.has(spec.name));
  const exceptions = Object.entries(input.exceptions ?? {});
  const { profile, cluster, backdate } = input;
  const changed = needed.map((spec) => exceptions.reduce(except, spec));
  const drafted: Plan = { version: 1, profile, cluster, backdate, uses, specs: order(changed, { cluster, uses }) };
  const idle = exceptions.filter(([selector]) => !needed.some((spec) => selects(selector, spec)));
  const names = [...new Set(needed.map((spec) => spec.name))].join(', ');
  return {
    plan: guardedPolicies(input).reduce((plan, policy) => policy(plan), drafted),
    problems: [
      ...problems,
      ...idle.map(([selector]) => ({
        where: `certificates.${selector}`,
        message: 'nothing in this cluster has that name',
        hint: `the names are: ${names}`,
      })),
    ],
  };
}

function guardedPolicies({ policies = [] }: PlanInput): readonly Policy[] {
  return policies.map((policy, index) => guardPolicy(policy, `policies[${index}]`));
}

function except(spec: Spec, [selector, exception]: readonly [string, Exception]): Spec {
  if (spec.kind === 'elsewhere' || !selects(selector, spec)) return spec;
  const { keys = spec.keys, sans } = exception;
  if (spec.kind === 'keypair') return { ...spec, keys };
  const changed = { ...spec, keys, validity: exception.validity ?? spec.validity };
  if (changed.kind === 'authority' || sans === undefined) return changed;
  return { ...changed, sans: { dns: [...changed.sans.dns, ...sans.dns], ips: [...changed.sans.ips, ...sans.ips] } };
}
