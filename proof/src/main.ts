// Makes thousands of certificates, and has the tests ask other programs about them. Arguments go to ava.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { algorithms } from '@kubepki/core';
import { algorithmsOf, type Cluster, clusters, small } from './clusters.ts';
import { type Everything, type Made, variable } from './made.ts';
import { make } from './make.ts';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'kubepki-proof-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const year = 365 * 86_400_000;
const start = Date.now();
const few = [
  ...algorithms.map((keys) => small(keys, 'strict')),
  ...algorithmsOf(37).map((keys) => small(keys, 'kubeadm')),
];
const all: Everything = {
  clusters: await makeAll(share(clusters), 'cluster'),
  small: await makeAll(few, 'small'),
  over: await makeAll(few, 'over', -20 * year),
  early: await makeAll(few, 'early', 20 * year),
};
writeFileSync(join(work, 'made.json'), JSON.stringify(all));
const count = all.clusters.flatMap(({ authorities, subjects }) => [...authorities, ...subjects]).length;
console.log(
  `${count} certificates of ${all.clusters.length} clusters, made in ${Math.round((Date.now() - start) / 1000)} s`,
);
process.exitCode = await test(process.argv.slice(2));

/** Every KUBEPKI_PROOF_SHARE-th cluster, where that is set: for a quick look. */
function share(given: readonly Cluster[]): readonly Cluster[] {
  const step = Number(process.env.KUBEPKI_PROOF_SHARE ?? 1);
  return given.filter((_, index) => index % step === 0);
}

async function makeAll(given: readonly Cluster[], name: string, shift = 0): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const [index, cluster] of given.entries()) {
    made.push(await make(cluster, join(work, `${name}-${index}`), new Date(start + shift)));
  }
  return made;
}

function test(args: readonly string[]): Promise<number> {
  const child = spawn(join(here, 'node_modules', '.bin', 'ava'), args, {
    cwd: here,
    env: { ...process.env, [variable]: work },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
