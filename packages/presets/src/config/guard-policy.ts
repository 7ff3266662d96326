import { guardPolicy as guard, type Policy } from '@kubepki/core';
import { blaming } from './blame.ts';

/** A policy whose faults are told by where it stands in which file. What it says of certificates is checked by core. */
export function guardPolicy(policy: Policy, { index, fileName }: { index: number; fileName: string }): Policy {
  const hint = 'a policy is a function from a plan to a plan; mend it, or leave it out';
  const name = policy.name === '' ? '' : ` (${policy.name})`;
  const who = `${fileName}: policies[${index}]${name}`;
  return guard((plan) => blaming(() => policy(plan), { code: 'POLICY_FAILED', who, hint }), who);
}
