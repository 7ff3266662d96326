import type { File, Part, Plan } from '@kubepki/core';
import { type Blame, blame } from './blame.ts';

/** Refuses other paths for a part than those that were there before, which are the ones that were checked. */
export function samePaths(whose: Blame): (files: readonly File[], asked: { part: Part; plan: Plan }) => void {
  const known = new WeakMap<Plan, Map<string, string>>();
  return (files, { part: { node = '' }, plan }) => {
    const ofPlan = known.get(plan) ?? new Map<string, string>();
    known.set(plan, ofPlan);
    const paths = JSON.stringify(files.map(({ path }) => path));
    if (paths === (ofPlan.get(node) ?? paths)) ofPlan.set(node, paths);
    else throw blame(`names other files when it is asked again${node === '' ? '' : `, for ${node}`}`, whose);
  };
}
