import assert from 'node:assert/strict';
import { idOf, type SpecInput } from '@kubepki/core';
import { z } from 'zod';
import type { Rules } from '../suite/rules.ts';
import { cases, type Planning, specsOf } from './planning.ts';
import { specInputSchema } from './spec-input.ts';

/** What must hold for each thing that a component yields. */
export function specRules(planning: Planning): Rules {
  return {
    'yields nothing but specs, as plain data': () => {
      let count = 0;
      for (const one of cases(planning, planning.clusters)) {
        for (const [index, spec] of specsOf(one).entries()) checkSpec(spec, { where: one.where, index });
        count += specsOf(one).length;
      }
      assert.ok(count > 0, `${planning.what} never yields anything; give \`options\` with which it does`);
    },
    'keeps its ids apart': () => {
      for (const one of cases(planning, planning.clusters)) {
        const seen = new Set<string>();
        for (const spec of specsOf(one)) {
          const id = idIn(spec);
          assert.ok(!seen.has(id), `${one.where}: it yields ${id} twice`);
          seen.add(id);
        }
      }
    },
  };
}

function checkSpec(spec: SpecInput, { where, index }: { readonly where: string; readonly index: number }): void {
  const { error } = specInputSchema.safeParse(spec);
  const named = typeof spec?.name === 'string' ? idIn(spec) : `what it yields at place ${index}`;
  assert.ok(error === undefined, `${where}: ${named} is no spec:\n${error && z.prettifyError(error)}`);
  assert.deepEqual(JSON.parse(JSON.stringify(spec)), spec, `${where}: ${named} is not plain data`);
}

function idIn(spec: SpecInput): string {
  return idOf(spec.name, 'node' in spec ? spec.node : undefined);
}
