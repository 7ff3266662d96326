import { PkiError } from '../error.ts';
import { kindOf } from '../kind-of.ts';
import type { Policy } from './input.ts';
import type { Plan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import type { Spec } from './spec.ts';

const guarded = new WeakSet<Policy>();

/**
 * A policy whose faults are told by a name such as `policies[0]`: that it throws, or returns what is no plan.
 * `makePlan` guards each that is not guarded yet. What a policy says of certificates is checked with the plan.
 */
export function guardPolicy(policy: Policy, where: string): Policy {
  if (guarded.has(policy)) return policy;
  const who = policy.name === '' ? where : `${where} (${policy.name})`;
  const made: Policy = (plan) => {
    const changed: unknown = run(policy, { plan, who });
    if (changed === plan) return plan;
    if (typeof changed !== 'object' || changed === null || changed instanceof Promise)
      throw failed(`${who} returns ${kindOf(changed)}, where a plan is expected`);
    const parsed = readPlan(changed);
    if (parsed.success) return inOrder(parsed.data, { before: plan, who });
    const [issue] = parsed.error.issues;
    throw failed(`${who} returns what is no plan: ${placeOf(issue?.path ?? [], changed)}${issue?.message}`);
  };
  guarded.add(made);
  return made;
}

function run(policy: Policy, { plan, who }: { readonly plan: Plan; readonly who: string }): unknown {
  try {
    return policy(plan);
  } catch (cause) {
    // By an error of core it refuses the plan, which is its right.
    if (cause instanceof PkiError) throw cause;
    throw failed(`${who} failed: ${cause instanceof Error ? cause.message : 'it threw'}`, { cause });
  }
}

function failed(
  message: string,
  {
    hint = 'a policy is a function from a plan to a plan; mend it, or leave it out',
    cause,
  }: { readonly hint?: string; readonly cause?: unknown } = {},
): PkiError {
  return new PkiError('POLICY_FAILED', message, { hint, cause });
}

function placeOf(path: readonly PropertyKey[], plan: object): string {
  const [section, index, ...rest] = path;
  const specs: unknown = 'specs' in plan ? plan.specs : undefined;
  const spec: unknown = section === 'specs' && Array.isArray(specs) ? specs[Number(index)] : undefined;
  const id = typeof spec === 'object' && spec !== null && 'id' in spec ? String(spec.id) : undefined;
  const words = id === undefined ? path : [id, ...rest];
  return words.length === 0 ? '' : `${words.map(String).join('.')}: `;
}

/** Stages go through a plan in its order, so a policy may not put it into another. A circle of authorities has none. */
function inOrder(plan: Plan, { before, who }: { readonly before: Plan; readonly who: string }): Plan {
  const wrong = misplaced(plan);
  if (wrong === undefined || misplaced(before) !== undefined) return plan;
  const hint =
    'authorities come first, those that sign before those that they sign; then key pairs, the cluster’s own, node by node';
  throw failed(`${who} returns a plan in another order: ${wrong} stands in the wrong place`, { hint });
}

/** The first spec that does not stand where it must. */
function misplaced(plan: Plan): string | undefined {
  const nodes = new Map(plan.cluster.nodes.map(({ name }, index) => [name, index]));
  const seen = new Set<string>();
  let last = -1;
  for (const spec of plan.specs) {
    const rank = rankOf(spec, nodes);
    const issuer = spec.kind === 'authority' && spec.issuer !== undefined ? plan.uses[spec.issuer]?.signs : undefined;
    const early = issuer !== undefined && !seen.has(issuer) && plan.specs.some(({ name }) => name === issuer);
    if (rank < last || early) return spec.id;
    seen.add(spec.name);
    last = rank;
  }
  return undefined;
}

function rankOf(spec: Spec, nodes: ReadonlyMap<string, number>): number {
  if (spec.kind === 'authority') return 0;
  if (spec.kind === 'keypair') return 1;
  return spec.node === undefined ? 2 : 3 + (nodes.get(spec.node) ?? nodes.size);
}
