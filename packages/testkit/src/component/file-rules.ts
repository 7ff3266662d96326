import assert from 'node:assert/strict';
import { type Binding, checkFiles, type Plan, processes } from '@kubepki/core';
import { during } from '../suite/explain.ts';
import type { Rules } from '../suite/rules.ts';
import { cases, type Planning, planOf } from './planning.ts';

/** What must hold for what comes of a plan: files, flags and bindings. */
export function fileRules(planning: Planning): Rules {
  const { emitters, layout } = planning;
  return {
    'keeps its files apart': () => {
      for (const one of cases(planning, planning.clusters)) {
        const plan = during(one.where, () => planOf(one, planning));
        during(one.where, () => checkFiles({ plan, emitters, layout }));
      }
    },
    'contradicts nobody in flags and bindings': () => {
      for (const one of cases(planning)) {
        const plan = during(one.where, () => planOf(one, planning));
        const [problem] = processes(plan, layout).problems;
        assert.equal(problem, undefined, `${one.where}: ${problem?.where}: ${problem?.message}`);
        checkBindings(plan, one.where);
      }
    },
  };
}

function checkBindings(plan: Plan, where: string): void {
  const known = new Map<string, Binding>();
  for (const binding of plan.specs.flatMap((spec) => (spec.kind === 'leaf' ? spec.bindings : []))) {
    const other = known.get(binding.binding) ?? binding;
    known.set(binding.binding, binding);
    assert.deepEqual(binding, other, `${where}: the binding ${binding.binding} binds two things`);
  }
}
