import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clusterFile, clusterValue } from './clusters.ts';
import { measure, middle, type Run } from './measure.ts';
import { program } from './program.ts';
import type { Row } from './table.ts';

const plans = fileURLToPath(new URL('plans.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');
const nodes = 5000;

/** A large cluster: its plan, how it grows, and how long what looks at its tree takes. `huge`: also ten times as large. */
export async function largeRows(folder: string, { huge }: { readonly huge: boolean }): Promise<readonly Row[]> {
  const few = await make(folder, nodes / 10);
  const many = await make(folder, nodes);
  const looks: Row[] = [];
  for (const command of ['status', 'diff', 'generate']) {
    const run = await measure(process.execPath, [program, command, ...optionsOf(folder, command)]);
    looks.push({ what: `${command} of ${shown(nodes)} nodes that are as planned`, ...run, rival: limit(3) });
  }
  rmSync(outputIn(folder), { recursive: true, force: true });
  return [
    ...planRows(),
    { what: `${shown(nodes / 10)} nodes, ecdsa-p256`, ...few },
    { what: `${shown(nodes)} nodes, ecdsa-p256`, ...many, rival: tenfold(few, nodes / 10) },
    ...looks,
    ...(huge ? [await hugeRow(folder, many)] : []),
  ];
}

/** So many nodes are more than a cluster file may hold: a config has them as a value. */
async function hugeRow(folder: string, tenth: Run): Promise<Row> {
  const config = join(folder, 'huge.config.mjs');
  const cluster = clusterValue({ controlPlanes: 3, workers: nodes * 10 - 3, keys: 'ecdsa-p256' });
  writeFileSync(config, `export default { cluster: ${JSON.stringify(cluster)} };\n`);
  const options = ['--no-verify', '--config', config, '-o', outputIn(folder)];
  const run = await measure(process.execPath, [program, 'generate', ...options]);
  rmSync(outputIn(folder), { recursive: true, force: true });
  return { what: `${shown(nodes * 10)} nodes, ecdsa-p256`, ...run, rival: tenfold(tenth, nodes) };
}

/** The built packages plan, not their sources, and without the reading of the cluster file. */
function planRows(): readonly Row[] {
  const runs = Array.from({ length: 5 }, (): readonly number[] =>
    JSON.parse(execFileSync(process.execPath, ['--import', tsx, plans, `${nodes - 3}`], { encoding: 'utf8' })),
  );
  const row = (what: string, seconds: readonly number[]): Row => ({
    what: `plan of ${shown(nodes)} nodes, checked, ${what}`,
    ...middle(seconds.map((one) => ({ seconds: one, mebibytes: undefined }))),
    rival: limit(0.5),
  });
  return [
    row(
      'the first of a process',
      runs.flatMap(([first]) => first ?? []),
    ),
    row(
      'after it',
      runs.flatMap(([, ...rest]) => rest),
    ),
  ];
}

/** A tree of that many nodes. What follows from reading it again is not measured here, so it is not verified. */
function make(folder: string, count: number): Promise<Run> {
  const text = clusterFile({ controlPlanes: 3, workers: count - 3, keys: 'ecdsa-p256' });
  writeFileSync(fileIn(folder), text);
  rmSync(outputIn(folder), { recursive: true, force: true });
  return measure(process.execPath, [program, 'generate', '--no-verify', ...optionsOf(folder, 'generate')]);
}

function optionsOf(folder: string, command: string): readonly string[] {
  return [...(command === 'status' ? [] : ['-f', fileIn(folder)]), '-o', outputIn(folder)];
}

function fileIn(folder: string): string {
  return join(folder, 'large.yaml');
}

function outputIn(folder: string): string {
  return join(folder, 'large');
}

function limit(seconds: number): NonNullable<Row['rival']> {
  return { name: 'the limit', seconds, mebibytes: undefined };
}

function tenfold({ seconds }: Run, count: number): NonNullable<Row['rival']> {
  return { name: `ten times ${shown(count)} nodes`, seconds: seconds * 10, mebibytes: undefined };
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
