import assert from 'node:assert/strict';
import type { ContentFile, Get } from '@kubepki/core';
import { during } from '../suite/explain.ts';
import { frozen } from '../suite/frozen.ts';
import type { Rules } from '../suite/rules.ts';
import { checkReadBack } from './read-back.ts';
import { cases, contentFiles, textOf, type Writing } from './writing.ts';

/** What must hold for the text of a file. */
export function textRules(writing: Writing): Rules {
  return {
    'gives back what it has written': async () => {
      for (const one of await cases(writing)) {
        for (const file of contentFiles(one)) {
          const text = during(`${one.where}: ${file.path}`, () => textOf(file, one));
          checkReadBack(file, text, one);
        }
      }
    },
    'writes of a file what its data says, and no more': async () => {
      for (const one of await cases(writing)) {
        for (const file of contentFiles(one)) {
          const { where, emitter, again } = one;
          const get = strictGet(file, { get: one.get, where });
          const [text, twice] = [0, 1].map(() =>
            during(`${where}: ${file.path}`, () => textOf(file, { emitter, get })),
          );
          const anew = during(`${where}: it renders ${file.path} by more than its data`, () =>
            // It comes from a manifest or another thread.
            textOf(frozen(file), { emitter: again, get }),
          );
          // What is encrypted is another text each time.
          if (text === twice) assert.ok(anew === text, `${where}: it renders ${file.path} by more than its data`);
          else checkReadBack(file, anew, one);
        }
      }
    },
  };
}

function strictGet(file: ContentFile, { get, where }: { readonly get: Get; readonly where: string }): Get {
  return (holding) => {
    const held = file.holds.some(({ id, part }) => id === holding.id && part === holding.part);
    assert.ok(
      held,
      `${where}: into ${file.path} goes the ${holding.part} of ${holding.id}, which it is not said to hold`,
    );
    return get(holding);
  };
}
