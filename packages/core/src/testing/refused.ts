import type { ExecutionContext } from 'ava';
import type { PkiError, Problem } from '../error.ts';
import type { SpecInput } from '../plan/component.ts';
import type { PlanInput } from '../plan/input.ts';
import { component, small, smallPlan } from './small.ts';

/** What is said of a plan in which a third party's component yields these specs. */
export function problems(
  t: ExecutionContext,
  specs: readonly unknown[],
  change: Partial<PlanInput> = {},
): readonly Problem[] {
  const third = component('third', specs as readonly SpecInput[]);
  const error = t.throws(() => smallPlan({ components: [small(), third], ...change }), { code: 'PLAN_INVALID' });
  return (error as PkiError | undefined)?.problems ?? [];
}

/** That alone is said, `where: message`, and what to do. */
export function refused(
  t: ExecutionContext,
  specs: readonly unknown[],
  expected: string,
  change: Partial<PlanInput> = {},
): void {
  const said = problems(t, specs, change);
  t.deepEqual(
    said.map(({ where, message }) => `${where}: ${message}`),
    [expected],
  );
  for (const { hint = '' } of said) t.regex(hint, /\w{3}/);
}

/** The fields of a server that is as it should be. */
export const x = { issuer: 'x/server', commonName: 'y', sans: { dns: ['y'], ips: [] } } as const;
