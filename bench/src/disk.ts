// A program of its own, so that each run begins with cold code. Arguments: how many, `files` or `durable`, and a folder.
// Makes kubelet serving certificates and writes each with its key: as plain files, or as a generation that is stored.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generate, openOutput, stagedTree, type Tree } from '@kubepki/core';
import { filesystem } from '@kubepki/emitter-filesystem';
import { pairs, servingPlan } from './serving-plan.ts';

const [, , count, kind, folder = ''] = process.argv;
const plan = servingPlan(Number(count));

/** Nothing is stored, and nothing is whole: what the loop in Go does. */
function plainFiles(): Tree {
  const made = new Set<string>();
  return {
    async write(file, text) {
      const path = join(folder, file.path);
      const parent = dirname(path);
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      writeFileSync(path, text, { mode: file.mode, flag: 'wx' });
    },
    async link() {},
    async keep() {},
    current: () => undefined,
    async commit() {},
    async abort() {},
  };
}

const start = performance.now();
const output = kind === 'durable' ? openOutput({ folder, write: true }) : undefined;
const tree = output === undefined ? plainFiles() : stagedTree(output, { cluster: plan.cluster.name });
for await (const _ of generate({ plan, emitters: [filesystem({})], layout: pairs, tree }));
output?.close();
process.stdout.write(`${(performance.now() - start) / 1000}`);
