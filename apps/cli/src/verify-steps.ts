import { isServer, type Plan } from '@kubepki/core';
import { attempts } from '@kubepki/verify';

/** How many connections verifying tries, about. Counting them one by one takes long where all are wanted. */
export function connectionSteps(plan: Plan, { all }: { readonly all: boolean }): number {
  if (all) {
    const clients = plan.specs.filter((spec) => spec.kind === 'leaf' && spec.usages.includes('client'));
    return clients.length * plan.specs.filter(isServer).length;
  }
  let count = 0;
  for (const _ of attempts(plan)) count += 1;
  return count;
}
