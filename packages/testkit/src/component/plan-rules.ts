import assert from 'node:assert/strict';
import { planSchema } from '@kubepki/core';
import { testCluster } from '../clusters.ts';
import { during, refusal } from '../suite/explain.ts';
import type { Rules } from '../suite/rules.ts';
import { cases, type Planning, planOf } from './planning.ts';

/** What must hold for the plan of which a component's specs become part. */
export function planRules(planning: Planning): Rules {
  return {
    ...soundPlans(planning),
    'makes a plan of no nodes at all, or refuses that by a PkiError': () => {
      const clusters = { 'no nodes': testCluster({ controlPlanes: 0, workers: 0 }) };
      for (const one of cases(planning, clusters)) refusal(one.where, () => planOf(one, planning));
    },
    'plans the same for the same cluster': () => {
      const again = [...cases(planning)];
      for (const [index, one] of [...cases(planning)].entries()) {
        const plan = () => during(one.where, () => planOf(one, planning));
        const first = plan();
        assert.deepEqual(plan(), first, `${one.where}: it plans something else the second time`);
        const other = planOf(again[index] ?? one, planning);
        assert.deepEqual(other, first, `${one.where}: it plans something else when it is made anew`);
      }
    },
    'makes a plan that comes back from JSON as it was': () => {
      for (const one of cases(planning)) {
        const plan = during(one.where, () => planOf(one, planning));
        const back = during(one.where, () => planSchema.parse(JSON.parse(JSON.stringify(plan))));
        assert.deepEqual(back, plan, `${one.where}: its plan is not plain data`);
      }
    },
  };
}

function soundPlans(planning: Planning): Rules {
  return Object.fromEntries(
    Object.entries(planning.clusters).map(([name, cluster]) => [
      `makes a sound plan of ${name}`,
      () => {
        for (const one of cases(planning, { [name]: cluster })) during(one.where, () => planOf(one, planning));
      },
    ]),
  );
}
