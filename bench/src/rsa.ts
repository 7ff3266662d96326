// A program of its own. Argument: how many. Prints the seconds that as many kubelet serving certificates with RSA-2048
// keys take in memory, and those that the keys alone take on OpenSSL's threads.
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { generate, memoryTree } from '@kubepki/core';
import { pairs, servingPlan } from './serving-plan.ts';

const count = Number(process.argv[2]);
const plan = servingPlan(count, 'rsa-2048');

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

/** As many keys as there are in the plan, made as fast as the machine can. */
function keys(): Promise<unknown> {
  const make = () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return Promise.all(Array.from({ length: plan.specs.length }, make));
}

async function certificates(): Promise<void> {
  for await (const _ of generate({ plan, emitters: [], layout: pairs, tree: memoryTree() }));
}

process.stdout.write(JSON.stringify({ certificates: await timed(certificates), keys: await timed(keys) }));
