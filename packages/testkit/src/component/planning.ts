import assert from 'node:assert/strict';
import {
  type Cluster,
  type Component,
  type Emitter,
  type Layout,
  makePlan,
  type Plan,
  type SpecInput,
  type UsesTable,
} from '@kubepki/core';
import { standIns } from '../stand-ins.ts';
import { during } from '../suite/explain.ts';
import type { Variant } from '../suite/options.ts';

/** What a suite for a component plans with. */
export type Planning = {
  /** `component NAME` */
  readonly what: string;
  readonly variants: readonly Variant<Component>[];
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly beside: readonly Component[];
  readonly uses: UsesTable;
  readonly layout: Layout;
  readonly emitters: readonly Emitter[];
};

/** A component with some of its options, for a cluster; `where` says which for messages. */
export type Case = { readonly where: string; readonly component: Component; readonly cluster: Cluster };

/** Every variant for each cluster that is not large. Each case has a component and a cluster of its own. */
export function* cases(planning: Planning, clusters = smallOnes(planning)): Generator<Case> {
  const { what } = planning;
  for (const { title, make } of planning.variants) {
    for (const [name, cluster] of Object.entries(clusters)) {
      const where = `${what} ${title}, for ${name}`;
      yield { where, component: during(where, make), cluster: structuredClone(cluster) };
    }
  }
}

function smallOnes({ clusters }: Planning): Readonly<Record<string, Cluster>> {
  return Object.fromEntries(Object.entries(clusters).filter(([, { nodes }]) => nodes.length <= 100));
}

/** What a component yields. */
export function specsOf({ where, component, cluster }: Case): readonly SpecInput[] {
  return during(where, () => {
    const specs: Iterable<SpecInput> = component.plan(cluster);
    assert.equal(typeof specs?.[Symbol.iterator], 'function', `${where}: plan must be a synchronous generator`);
    return Array.from(specs);
  });
}

/** The plan of a component, with what stands beside it and what stands in for others. */
export function planOf({ component, cluster }: Case, { beside, uses }: Planning): Plan {
  // Core would turn a crash of the component into a PkiError.
  Array.from(component.plan(cluster));
  const components = [component, ...beside];
  const day = 86_400;
  return makePlan({
    cluster,
    components: [...components, standIns(components)],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 3650 * day, leaves: 365 * day },
    backdate: 300,
    uses,
  });
}
