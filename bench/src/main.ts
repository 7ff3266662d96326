// Measures the installed program against what people would use instead, in one run; only ratios mean much.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateRows } from './certificate-rows.ts';
import { clusterFile } from './clusters.ts';
import { controlPlaneRows } from './control-plane.ts';
import { diskRows } from './disk-rows.ts';
import { inProcess } from './in-process.ts';
import { findKubeadm } from './kubeadm.ts';
import { largeRows } from './large-rows.ts';
import { inTurns, measure, median, type Run } from './measure.ts';
import { program } from './program.ts';
import { type Row, table } from './table.ts';

const work = mkdtempSync(join(tmpdir(), 'kubepki-bench-'));
const out = join(work, 'out');

function kubepki(text: string, runs: number): Promise<Run> {
  const file = join(work, 'cluster.yaml');
  writeFileSync(file, text);
  return median(runs, {
    before: () => rmSync(out, { recursive: true, force: true }),
    run: () => measure(process.execPath, [program, 'generate', '-f', file, '-o', out]),
  });
}

/** The program at its shortest against Node at its shortest, in turns, as a machine has other things to do. */
async function startUp(): Promise<Row> {
  const own = () => measure(process.execPath, [program, '--version']);
  const theirs = () => measure(process.execPath, ['-e', '0']);
  return { what: 'kubepki --version', ...(await inTurns(21, { own, rival: 'node -e 0', theirs })) };
}

/** `verify` of a tree, files and connections. */
async function verifies(text: string): Promise<Row> {
  await kubepki(text, 1);
  const run = () => measure(process.execPath, [program, 'verify', out]);
  return { what: 'verify of three control planes and two workers', ...(await median(5, { before: () => {}, run })) };
}

async function rows(): Promise<readonly Row[]> {
  const path = findKubeadm();
  if (path === undefined)
    process.stderr.write('kubeadm is not on PATH nor in KUBEBUILDER_ASSETS: no rival for one control plane\n');
  const done: Row[] = [await startUp(), ...(await controlPlaneRows(work, path))];
  done.push({
    what: 'one control plane, ecdsa-p256, profile strict',
    ...(await kubepki(clusterFile({ controlPlanes: 1, workers: 0, keys: 'ecdsa-p256' }), 5)),
  });
  const example = clusterFile({ controlPlanes: 3, workers: 2, keys: 'ecdsa-p256' });
  done.push(await verifies(example), ...(await inProcess(example)), ...certificateRows(work), ...diskRows(work));
  done.push(...(await largeRows(work, { huge: process.argv.includes('--huge') })));
  return done;
}

try {
  const done = await rows();
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ rows: done }, null, 2)}\n` : table(done));
} finally {
  rmSync(work, { recursive: true, force: true });
}
