import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFile } from './clusters.ts';
import { kubeadmConfig } from './kubeadm.ts';
import { inTurns, measure, middle, type Run } from './measure.ts';
import { program } from './program.ts';
import type { Row } from './table.ts';

const runs = 7;
const algorithms = [
  ['ecdsa-p256', 'ECDSA-P256'],
  ['rsa-2048', 'RSA-2048'],
] as const;

/** One control plane, from the start of the process to its end, against kubeadm's two phases for the same files. */
export async function controlPlaneRows(work: string, kubeadm: string | undefined): Promise<readonly Row[]> {
  const out = join(work, 'control-plane');
  const rows: Row[] = [];
  for (const [keys, algorithm] of algorithms) {
    const file = join(work, `${keys}.yaml`);
    writeFileSync(file, clusterFile({ controlPlanes: 1, workers: 0, keys, profile: 'kubeadm' }));
    const config = join(work, `kubeadm-${keys}.yaml`);
    writeFileSync(config, kubeadmConfig(out, algorithm));
    // kubeadm proves nothing of what it made.
    for (const options of [['--no-verify'], []]) {
      const own = () => {
        rmSync(out, { recursive: true, force: true });
        return measure(process.execPath, [program, 'generate', '-f', file, '-o', out, ...options]);
      };
      const what = `one control plane, ${keys}, ${options[0] ?? 'verified'}`;
      const theirs = kubeadm && (() => phases(kubeadm, { config, out }));
      rows.push({ what, ...(theirs ? await inTurns(runs, { own, rival: 'kubeadm', theirs }) : await alone(own)) });
    }
  }
  return rows;
}

async function alone(own: () => Promise<Run>): Promise<Run> {
  const done: Run[] = [];
  for (let count = 0; count < runs; count++) done.push(await own());
  return middle(done);
}

async function phases(
  kubeadm: string,
  { config, out }: { readonly config: string; readonly out: string },
): Promise<Run> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const phase = ['init', 'phase'];
  const certs = await measure(kubeadm, [...phase, 'certs', 'all', '--config', config]);
  const configs = await measure(kubeadm, [...phase, 'kubeconfig', 'all', '--config', config, '--kubeconfig-dir', out]);
  return {
    seconds: certs.seconds + configs.seconds,
    mebibytes: Math.max(certs.mebibytes ?? 0, configs.mebibytes ?? 0),
  };
}
