import assert from 'node:assert/strict';
import { z } from 'zod';
import { during } from '../suite/explain.ts';
import { frozen } from '../suite/frozen.ts';
import type { Rules } from '../suite/rules.ts';
import { watch } from '../suite/watch.ts';
import { type Case, cases, contentFiles, filesOf, partsOf, textOf, type Writing } from './writing.ts';

const holding = z.strictObject({ id: z.string(), part: z.enum(['certificate', 'key', 'public']) });
const fileSchema = z.union([
  z.strictObject({ path: z.string(), link: z.string() }),
  z.strictObject({
    path: z.string(),
    mode: z.int().min(0).max(0o777),
    owner: z.exactOptional(z.string()),
    group: z.exactOptional(z.string()),
    secret: z.boolean(),
    encrypted: z.exactOptional(z.literal(true)),
    holds: z.array(holding),
    content: z.exactOptional(z.json()),
  }),
]);

/** What must hold for the files that an emitter names. */
export function dataRules(writing: Writing): Rules {
  return {
    'names its files as plain data': async () => {
      let count = 0;
      for (const one of await cases(writing)) {
        for (const file of filesOf(one).flatMap(({ files }) => files)) checkFile(file, one.where);
        count += contentFiles(one).length;
      }
      assert.ok(
        count > 0,
        `${writing.what} never writes anything; give \`components\` or \`options\` with which it does`,
      );
    },
    'names the same files each time, whatever came before': async () => {
      for (const one of await cases(writing)) {
        const first = filesOf(one);
        assert.deepEqual(filesOf(one), first, `${one.where}: it names other files the second time`);
        assert.deepEqual(backwards(one), first, `${one.where}: its files depend on the parts that came before`);
      }
    },
    'changes nothing of the plan': async () => {
      for (const one of await cases(writing)) {
        const plan = structuredClone(one.plan);
        filesOf({ ...one, plan });
        assert.deepEqual(plan, one.plan, `${one.where}: it changes the plan that it is given`);
        const where = `${one.where}: it changes the plan that it is given`;
        filesOf({ ...one, where, plan: frozen(one.plan) });
      }
    },
    'needs no key, no clock, no chance and no disk to name its files': async () => {
      for (const one of await cases(writing)) {
        filesOf(one); // what is loaded at first use is loaded now
        const { touched } = watch(() => filesOf(one));
        assert.ok(touched.length === 0, `${one.where}: it uses ${touched.join(', ')}`);
      }
    },
    'writes through the tree alone': async () => {
      for (const one of await cases(writing)) {
        const { where } = one;
        for (const file of contentFiles(one)) {
          textOf(file, one);
          const { touched } = watch(() => textOf(file, one));
          const disk = touched.filter((what) => what.startsWith('fs.'));
          assert.ok(disk.length === 0, `${where}: to render ${file.path} it uses ${disk.join(', ')}`);
        }
      }
    },
  };
}

function checkFile(file: unknown, where: string): void {
  const { error } = fileSchema.safeParse(file);
  const path = String(Object(file).path);
  assert.ok(error === undefined, `${where}: ${path} is no file: ${error && z.prettifyError(error)}`);
  assert.deepEqual(JSON.parse(JSON.stringify(file)), file, `${where}: ${path} is not plain data`);
}

/** The files of another emitter that is made alike, asked for the last part first. */
function backwards({ where, again, plan, layout }: Case) {
  const files = new Map(
    [...partsOf(plan)].reverse().map(({ node, specs }) => {
      const part = node === undefined ? { specs } : { node, specs };
      return [node, { part, files: during(where, () => Array.from(again.files(part, { plan, layout }))) }];
    }),
  );
  return partsOf(plan).map(({ node }) => files.get(node));
}
