import { createHash } from 'node:crypto';
import { type Plan, type Policy, type Spec, selects } from '@kubepki/core';

const minute = 60;
/** Lives differ by up to a week, and by no more than a twentieth. */
const week = 7 * 86_400;

/**
 * Lets the certificates of each node live some minutes to days shorter than asked for, so that the members of a cluster
 * never end in one minute, whose failure would be everybody's at once. How much follows from the node's name, so that
 * it stays while nodes come and go; of two that would end together the later in the cluster file moves on. What
 * `exact` selects has a life of its own, and keeps it.
 */
export function staggered(exact: readonly string[]): Policy {
  return (plan) => stagger(plan, (spec) => exact.some((selector) => selects(selector, spec)));
}

function stagger(plan: Plan, isExact: (spec: Spec) => boolean): Plan {
  const shares = sharesOf(plan.cluster.nodes.map(({ name }) => name));
  return {
    ...plan,
    specs: plan.specs.map((spec) => {
      const share = spec.kind === 'leaf' && spec.node !== undefined ? shares.get(spec.node) : undefined;
      if (spec.kind !== 'leaf' || share === undefined || isExact(spec)) return spec;
      const most = Math.min(week, Math.floor(spec.validity / 20));
      return { ...spec, validity: spec.validity - Math.floor((share * most) / week / minute) * minute };
    }),
  };
}

/** For each node a number of seconds below a week, in whole minutes, all different where there are minutes enough. */
function sharesOf(nodes: readonly string[]): ReadonlyMap<string, number> {
  const slots = week / minute;
  const taken = new Set<number>();
  const shares = new Map<string, number>();
  for (const name of nodes) {
    let slot = createHash('sha256').update(name).digest().readUInt32BE() % slots;
    while (taken.size < slots && taken.has(slot)) slot = (slot + 1) % slots;
    taken.add(slot);
    shares.set(name, slot * minute);
  }
  return shares;
}
