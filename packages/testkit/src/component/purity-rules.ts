import assert from 'node:assert/strict';
import { during } from '../suite/explain.ts';
import { frozen } from '../suite/frozen.ts';
import type { Rules } from '../suite/rules.ts';
import { watch } from '../suite/watch.ts';
import { cases, type Planning, specsOf } from './planning.ts';

/** What a component may not do. */
export function purityRules(planning: Planning): Rules {
  return {
    'changes neither the cluster nor what it has yielded': () => {
      for (const one of cases(planning)) {
        const before = structuredClone(one.cluster);
        during(one.where, () => checkYielded(one.where, one.component.plan(one.cluster)));
        assert.deepEqual(one.cluster, before, `${one.where}: it changes the cluster that it is given`);
        during(`${one.where}: it changes the cluster that it is given`, () =>
          Array.from(one.component.plan(frozen(before))),
        );
      }
    },
    'needs no key, no clock, no chance and no disk': () => {
      for (const { where, component, cluster } of cases(planning)) {
        specsOf({ where, component, cluster }); // what is loaded at first use is loaded now
        const { touched } = during(where, () => watch(() => Array.from(component.plan(cluster))));
        assert.ok(touched.length === 0, `${where}: it uses ${touched.join(', ')}`);
      }
    },
  };
}

function checkYielded(where: string, specs: Iterable<unknown>): void {
  const yielded = Array.from(specs, (spec) => ({ spec, text: JSON.stringify(spec) }));
  for (const { spec, text } of yielded) {
    assert.equal(JSON.stringify(spec), text, `${where}: it changes a spec that it has yielded`);
  }
}
