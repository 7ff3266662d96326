import assert from 'node:assert/strict';
import { type ContentFile, checkFiles, type File, type Holding, memoryTree, type Part, type Plan } from '@kubepki/core';
import { during, duringAsync, refusal } from '../suite/explain.ts';
import { keyFinder } from '../suite/leaks.ts';
import type { Rules } from '../suite/rules.ts';
import { cases, contentFiles, filesOf, partsOf, textOf, type Writing } from './writing.ts';

/** What must hold for what files hold, who may read them and where they lie. */
export function holdingRules(writing: Writing): Rules {
  return {
    'gives every file a path of its own, inside the tree': async () => {
      for (const one of await cases(writing)) {
        const { where, emitter, plan, layout } = one;
        during(where, () => checkFiles({ plan, emitters: [emitter], layout }));
        await duringAsync(where, () => push(filesOf(one).flatMap(({ files }) => files)));
      }
    },
    'holds nothing that its part does not have': async () => {
      for (const one of await cases(writing)) {
        for (const { part, files } of filesOf(one)) {
          for (const file of files) if (!('link' in file)) checkHolds(file, { part, plan: one.plan, where: one.where });
        }
      }
    },
    'does not want the key of an authority that others keep': async () => {
      for (const one of await cases(writing)) {
        const plan = withoutKeys(one.plan);
        const given = new Set(plan.specs.flatMap(({ kind, id }) => (kind === 'authority' ? [id] : [])));
        // Where its options ask for that, it may refuse.
        const refused = refusal(one.where, () =>
          partsOf(plan).flatMap((part) => [...one.emitter.files(part, { ...one, plan })]),
        );
        for (const { path, holds } of refused ? [] : contentFiles({ ...one, plan })) {
          const wanted = holds.find(({ id, part }) => part === 'key' && given.has(id));
          assert.ok(!wanted, `${one.where}: ${path} holds the key of ${wanted?.id}, which somebody else keeps`);
        }
      }
    },
    'keeps what holds a key from others': async () => {
      for (const one of await cases(writing)) {
        const hasKey = keyFinder(one.keys);
        for (const file of contentFiles(one)) {
          const { path, mode, secret, holds } = file;
          const key = holds.some(({ part }) => part === 'key') || hasKey(textOf(file, one));
          assert.ok(secret || !key, `${one.where}: ${path} holds a key and is not secret`);
          const octal = mode.toString(8).padStart(4, '0');
          assert.ok(!key || (mode & 0o077) === 0, `${one.where}: ${path} holds a key and others may read it: ${octal}`);
        }
      }
    },
  };
}

/** Into a tree, which refuses what leaves it and its own files' names. */
async function push(files: readonly File[]): Promise<void> {
  const tree = memoryTree();
  for (const file of new Map(files.map((each) => [each.path, each])).values()) {
    if ('link' in file) await tree.link(file);
    else await tree.write(file, '', { ...file, emitter: '', fields: '', holds: [] });
  }
}

/** An emitter may use what its part holds, authorities, key pairs and what belongs to the cluster. */
function checkHolds(
  { path, holds }: ContentFile,
  { part, plan, where }: { readonly part: Part; readonly plan: Plan; readonly where: string },
): void {
  const own = new Set(part.specs.map(({ id }) => id));
  for (const holding of holds) {
    const wrong = wrongHolding(holding, { plan, own });
    assert.ok(wrong === undefined, `${where}: ${path} holds the ${holding.part} of ${holding.id}, ${wrong}`);
  }
}

function wrongHolding(
  { id, part }: Holding,
  { plan, own }: { readonly plan: Plan; readonly own: ReadonlySet<string> },
): string | undefined {
  const spec = plan.specs.find((each) => each.id === id);
  if (spec === undefined) return 'which is not in the plan';
  if (spec.kind === 'elsewhere') return 'of which nothing is made here';
  if (spec.kind === 'keypair' && part === 'certificate') return 'which is a bare key pair';
  if (spec.kind === 'leaf' && spec.node !== undefined && !own.has(id)) return 'which is of another part';
  return undefined;
}

function withoutKeys(plan: Plan): Plan {
  const specs = plan.specs.map((spec) => (spec.kind === 'authority' ? { ...spec, given: { key: false } } : spec));
  return { ...plan, specs };
}
