// Measures the installed program against what people would use instead, in one run; only ratios mean much.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clusterFile } from './clusters.ts';
import { inProcess } from './in-process.ts';
import { findKubeadm, kubeadmConfig } from './kubeadm.ts';
import { measure, median, middle, type Run } from './measure.ts';
import { type Row, table } from './table.ts';

const program = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));
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

async function kubeadm(path: string, algorithm: 'ECDSA-P256' | 'RSA-2048'): Promise<Run> {
  const config = join(work, 'kubeadm.yaml');
  writeFileSync(config, kubeadmConfig(out, algorithm));
  return median(5, {
    before: () => {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
    },
    run: async () => {
      const certs = await measure(path, ['init', 'phase', 'certs', 'all', '--config', config]);
      const configs = await measure(path, [
        'init',
        'phase',
        'kubeconfig',
        'all',
        '--config',
        config,
        '--kubeconfig-dir',
        out,
      ]);
      return {
        seconds: certs.seconds + configs.seconds,
        mebibytes: Math.max(certs.mebibytes ?? 0, configs.mebibytes ?? 0),
      };
    },
  });
}

/** The program at its shortest against Node at its shortest, in turns, as a machine has other things to do. */
async function startUp(): Promise<Row> {
  const own: Run[] = [];
  const node: Run[] = [];
  for (let count = 0; count < 21; count++) {
    own.push(await measure(process.execPath, [program, '--version']));
    node.push(await measure(process.execPath, ['-e', '0']));
  }
  return { what: 'kubepki --version', ...middle(own), rival: { name: 'node -e 0', ...middle(node) } };
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
  const done: Row[] = [await startUp()];
  for (const [keys, algorithm] of [
    ['ecdsa-p256', 'ECDSA-P256'],
    ['rsa-2048', 'RSA-2048'],
  ] as const) {
    const own = await kubepki(clusterFile({ controlPlanes: 1, workers: 0, keys, profile: 'kubeadm' }), 5);
    const rival = path && { name: 'kubeadm', ...(await kubeadm(path, algorithm)) };
    done.push({ what: `one control plane, ${keys}, profile kubeadm`, ...own, ...(rival ? { rival } : {}) });
  }
  done.push({
    what: 'one control plane, ecdsa-p256, profile strict',
    ...(await kubepki(clusterFile({ controlPlanes: 1, workers: 0, keys: 'ecdsa-p256' }), 5)),
  });
  const example = clusterFile({ controlPlanes: 3, workers: 2, keys: 'ecdsa-p256' });
  done.push(await verifies(example), ...(await inProcess(example)));
  const two = await kubepki(clusterFile({ controlPlanes: 3, workers: 200, keys: 'ecdsa-p256' }), 1);
  done.push({ what: '200 nodes, ecdsa-p256', ...two });
  const large = await kubepki(clusterFile({ controlPlanes: 3, workers: 2000, keys: 'ecdsa-p256' }), 1);
  done.push({
    what: '2,000 nodes, ecdsa-p256',
    ...large,
    rival: { name: 'ten times 200 nodes', seconds: two.seconds * 10, mebibytes: undefined },
  });
  return done;
}

try {
  const done = await rows();
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ rows: done }, null, 2)}\n` : table(done));
} finally {
  rmSync(work, { recursive: true, force: true });
}
