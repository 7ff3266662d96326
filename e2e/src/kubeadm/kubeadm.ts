import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What kubeadm is told, as its v1beta4 API has it. */
export type KubeadmConfig = {
  readonly node: string;
  readonly localAPIEndpoint: { readonly advertiseAddress: string; readonly bindPort?: number };
  readonly cluster?: Readonly<Record<string, unknown>>;
};

const phases = ['certs all', 'kubeconfig admin', 'kubeconfig controller-manager', 'kubeconfig scheduler'] as const;
const firstAlone = ['kubeconfig super-admin', 'kubeconfig kubelet'] as const;
export type Phase = (typeof phases)[number] | (typeof firstAlone)[number];

/** The phases that make a node's PKI with `kubeadm init`. They need neither root nor a network. */
export const initPhases: readonly Phase[] = [...phases, ...firstAlone];
/** Those that make one with `kubeadm join`, where the shared files are there already. */
export const joinPhases: readonly Phase[] = phases;

/** Lets kubeadm make a node's files under `root`, which is laid out as the node's `/`. */
export function runKubeadm(kubeadm: string, root: string, config: KubeadmConfig, only = initPhases): void {
  const folder = join(root, 'etc/kubernetes');
  const api = 'kubeadm.k8s.io/v1beta4';
  const init = {
    apiVersion: api,
    kind: 'InitConfiguration',
    nodeRegistration: { name: config.node, criSocket: 'unix:///var/run/none.sock' },
    localAPIEndpoint: config.localAPIEndpoint,
  };
  const certificatesDir = join(folder, 'pki');
  const cluster = { apiVersion: api, kind: 'ClusterConfiguration', kubernetesVersion: 'v1.37.2', certificatesDir };
  const file = `${root}.json`;
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(file, [init, { ...cluster, ...config.cluster }].map((part) => JSON.stringify(part)).join('\n---\n'));
  for (const phase of only) {
    const to = phase.startsWith('kubeconfig') ? ['--kubeconfig-dir', folder] : [];
    execFileSync(kubeadm, ['init', 'phase', ...phase.split(' '), '--config', file, ...to], { stdio: 'pipe' });
  }
}

/** Lets kubeadm write the static pods of a node whose PKI it made; a dry run writes them where it is told. */
export function writeManifests(kubeadm: string, root: string): void {
  const folder = join(root, 'etc/kubernetes/manifests');
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, KUBEADM_INIT_DRYRUN_DIR: folder };
  for (const phase of ['control-plane all', 'etcd local']) {
    const words = ['init', 'phase', ...phase.split(' '), '--config', `${root}.json`, '--dry-run'];
    execFileSync(kubeadm, words, { stdio: 'pipe', env });
  }
}
