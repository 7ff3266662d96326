import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContentFile, type Emitter, type Get, generate, openOutput, type Plan, stagedTree } from '@kubepki/core';
import { fixtureKeys } from '../fixture-keys.ts';
import { errorText, keyFinder } from '../suite/leaks.ts';
import type { Rules } from '../suite/rules.ts';
import { type Case, cases, contentFiles, textOf, type Writing } from './writing.ts';

/** What must hold where something goes wrong. */
export function failureRules(writing: Writing): Rules {
  return {
    'leaves nothing half written when a part cannot be had': async () => {
      for (const one of await cases(writing)) {
        const total = contentFiles(one).reduce((sum, { holds }) => sum + Math.max(1, holds.length), 0);
        const places = total === 0 ? [] : [0, Math.floor(total / 2), total - 1];
        for (const at of new Set(places)) await checkNothingLeft(one, at);
      }
    },
    'tells no key in an error, nor in what it says of its files': async () => {
      for (const one of await cases(writing)) {
        const hasKey = keyFinder(one.keys);
        for (const file of contentFiles(one)) {
          for (const told of spoilt(one, file)) {
            assert.ok(!hasKey(told), `${one.where}: an error over ${file.path} tells a key`);
          }
        }
        // It has seen keys by now.
        const said = JSON.stringify(contentFiles(one));
        assert.ok(!hasKey(said), `${one.where}: what it says of its files holds a key`);
      }
    },
  };
}

/** Generates into a folder, with a part that cannot be had; then nothing may be there. */
async function checkNothingLeft({ where, emitter, plan, layout }: Case, at: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'kubepki-testkit-'));
  const folder = join(root, 'pki');
  try {
    const output = openOutput({ folder, write: true });
    const tree = stagedTree(output, { cluster: plan.cluster.name });
    const emitters = [failing(emitter, at)];
    const failed = await runs({ plan, emitters, layout, tree, source: fixtureKeys() });
    output.close();
    assert.ok(failed, `${where}: a part of a file cannot be had, and it writes the rest without a word`);
    const left = existsSync(folder) ? readdirSync(folder) : [];
    assert.ok(left.length === 0, `${where}: after a failure ${left.join(', ')} is left`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runs(input: Parameters<typeof generate>[0] & { readonly plan: Plan }): Promise<boolean> {
  try {
    for await (const _ of generate(input));
    return false;
  } catch {
    return true;
  }
}

/** An emitter that cannot have the part of that number; of a file that holds nothing, the file itself. */
function failing(emitter: Emitter, at: number): Emitter {
  let count = 0;
  const step = () => {
    if (count++ === at) throw new Error('this part cannot be had');
  };
  return {
    ...emitter,
    files: (part, context) => emitter.files(part, context),
    render(file, get, random) {
      if (file.holds.length === 0) step();
      const stepped: Get = (holding) => {
        step();
        return get(holding);
      };
      return emitter.render(file, stepped, random);
    },
  };
}

/** What an emitter says of files and texts that are not as they should be. */
function* spoilt({ emitter, get }: Case, file: ContentFile): Generator<string> {
  const { content, ...bare } = file;
  const damaged = [
    bare,
    { ...file, content: null },
    { ...file, content: 'x' },
    { ...file, content: {} },
    { ...file, holds: [] },
  ];
  for (const one of damaged) yield* errorOf(() => textOf(one, { emitter, get }));
  for (const [last] of file.holds.entries()) {
    let count = 0;
    const without: Get = (holding) => {
      if (count++ === last) throw new Error('this part cannot be had');
      return get(holding);
    };
    yield* errorOf(() => textOf(file, { emitter, get: without }));
  }
  const text = textOf(file, { emitter, get });
  const places = Array.from({ length: 24 }, (_, index) => Math.floor((index * text.length) / 24));
  const texts = [
    ...places.flatMap((at) => [text.slice(0, at), text.slice(at), `${text.slice(0, at)}"${text.slice(at)}`]),
    text.replaceAll('"', "'"),
    text.replaceAll('-', ''),
  ];
  for (const one of texts) yield* errorOf(() => emitter.read?.(one, file));
}

function* errorOf(run: () => unknown): Generator<string> {
  try {
    run();
  } catch (error) {
    yield errorText(error);
  }
}
