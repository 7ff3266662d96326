import assert from 'node:assert/strict';
import { checkFiles } from '@kubepki/core';
import { refusal } from '../suite/explain.ts';
import { hostileNames, planted } from '../suite/hostile.ts';
import type { Rules } from '../suite/rules.ts';
import { hostilePlans, opaqueLayout } from './hostile-plans.ts';
import { checkReadBack } from './read-back.ts';
import { type Case, cases, contentFiles, partsOf, textOf, type Writing } from './writing.ts';

/** What must hold where a name is not as it should be: it is refused, or means what it says. */
export function hostileRules(writing: Writing): Rules {
  return {
    'keeps hostile names inside, or refuses them by a PkiError': async () => {
      for (const one of await cases(writing)) {
        for (const name of hostileNames) {
          for (const [what, { plan, original }] of Object.entries(hostilePlans(one.plan, name))) {
            const where = `${one.where}, with ${what} ${JSON.stringify(name.slice(0, 40))}`;
            const get: Case['get'] = ({ id, part }) => one.get({ id: original(id), part });
            const files = (layout: Case['layout']) => () => {
              for (const part of partsOf(plan)) Array.from(one.emitter.files(part, { plan, layout }));
              checkFiles({ plan, emitters: [one.emitter], layout });
            };
            refusal(where, files(one.layout));
            if (refusal(where, files(opaqueLayout)) === undefined)
              checkTexts(name, { ...one, where, plan, get, layout: opaqueLayout });
          }
        }
      }
    },
  };
}

/** The files in whose data the name stands; the others are as they always are. */
function checkTexts(name: string, one: Case): void {
  const { where } = one;
  const quoted = JSON.stringify(name).slice(1, -1);
  for (const file of contentFiles(one).filter((each) => JSON.stringify(each).includes(quoted))) {
    refusal(`${where}: ${file.path}`, () => {
      const text = textOf(file, one);
      const lines = text.split(/[\r\n\u0085\u2028\u2029]/);
      assert.ok(!lines.includes(planted), `${where}: in ${file.path} the name becomes a line of its own`);
      if (name.includes(planted)) checkReadBack(file, text, one);
    });
  }
}
