import { type Plan, type Policy, planSchema, type Spec } from '@kubepki/core';
import { type Blame, blame, blaming, kindOf } from './blame.ts';

/** A policy whose faults are told by where it stands. What it says of certificates is checked by core. */
export function guardPolicy(policy: Policy, { index, fileName }: { index: number; fileName: string }): Policy {
  const name = policy.name === '' ? '' : ` (${policy.name})`;
  const hint = 'a policy is a function from a plan to a plan; mend it, or leave it out';
  const whose: Blame = { code: 'POLICY_FAILED', who: `${fileName}: policies[${index}]${name}`, hint };
  return (plan) => {
    const changed: unknown = blaming(() => policy(plan), whose);
    if (typeof changed !== 'object' || changed === null || changed instanceof Promise)
      throw blame(`returns ${kindOf(changed)}, where a plan is expected`, whose);
    const parsed = planSchema.safeParse(changed);
    if (parsed.success) return inOrder(parsed.data, whose);
    const [issue] = parsed.error.issues;
    const where = placeOf(issue?.path ?? [], changed);
    throw blame(`returns what is no plan: ${where}${issue?.message}`, whose);
  };
}

function placeOf(path: readonly PropertyKey[], plan: object): string {
  const [section, index, ...rest] = path;
  const specs: unknown = 'specs' in plan ? plan.specs : undefined;
  const spec: unknown = section === 'specs' && Array.isArray(specs) ? specs[Number(index)] : undefined;
  const id = typeof spec === 'object' && spec !== null && 'id' in spec ? String(spec.id) : undefined;
  const words = id === undefined ? path : [id, ...rest];
  return words.length === 0 ? '' : `${words.map(String).join('.')}: `;
}

/** Stages go through a plan in its order, so a policy may not put it into another. */
function inOrder(plan: Plan, whose: Blame): Plan {
  const nodes = new Map(plan.cluster.nodes.map(({ name }, index) => [name, index]));
  const seen = new Set<string>();
  let last = -1;
  for (const spec of plan.specs) {
    const rank = rankOf(spec, nodes);
    const issuer = spec.kind === 'authority' && spec.issuer !== undefined ? plan.uses[spec.issuer]?.signs : undefined;
    const early = issuer !== undefined && !seen.has(issuer) && plan.specs.some(({ name }) => name === issuer);
    if (rank < last || early) {
      const hint =
        'authorities come first, those that sign before those that they sign; then key pairs, the cluster’s own, node by node';
      throw blame(`returns a plan in another order: ${spec.id} stands in the wrong place`, { ...whose, hint });
    }
    seen.add(spec.name);
    last = rank;
  }
  return plan;
}

function rankOf(spec: Spec, nodes: ReadonlyMap<string, number>): number {
  if (spec.kind === 'authority') return 0;
  if (spec.kind === 'keypair') return 1;
  return spec.node === undefined ? 2 : 3 + (nodes.get(spec.node) ?? nodes.size);
}
