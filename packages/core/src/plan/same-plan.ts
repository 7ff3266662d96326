import { isDeepStrictEqual } from 'node:util';
import type { Plan } from './plan.ts';

/** Whether a plan says what another one says that was read from JSON. */
export function isSamePlan(plan: Plan, other: Plan | undefined): boolean {
  if (plan === other) return true;
  if (other === undefined || plan.specs.length !== other.specs.length) return false;
  const same = (one: object, its: object | undefined) => isDeepStrictEqual(JSON.parse(JSON.stringify(one)), its);
  return (
    same({ ...plan, specs: [] }, { ...other, specs: [] }) &&
    plan.specs.every((spec, index) => same(spec, other.specs[index]))
  );
}
