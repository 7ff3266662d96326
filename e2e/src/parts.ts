import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'etcd',
  'etcdctl',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubeadm',
  'kubectl',
  'kubelet',
] as const;

export type Part = (typeof names)[number];

/** The real parts of Kubernetes that this machine has, each with its path. */
export type Parts = Readonly<Partial<Record<Part, string>>>;

const hint =
  "Set KUBEBUILDER_ASSETS to a folder that holds them: `setup-envtest use -p path` (sigs.k8s.io/controller-runtime/tools/setup-envtest) fetches etcd, kube-apiserver and kubectl; the others are in Kubernetes' server and node archives.";

/** Looks in KUBEBUILDER_ASSETS, or where that is not set on PATH. */
export function findParts(env: NodeJS.ProcessEnv = process.env): Parts {
  const folders = env.KUBEBUILDER_ASSETS ? [env.KUBEBUILDER_ASSETS] : (env.PATH ?? '').split(delimiter);
  const found: Partial<Record<Part, string>> = {};
  for (const name of names) {
    const path = folders.map((folder) => join(folder, name)).find(existsSync);
    if (path && !(name === 'kubelet' && needsContainers(path))) found[name] = path;
  }
  return found;
}

/** Why tests that need these parts are skipped, or undefined where they can run. */
export function skipReason(parts: Parts, needed: readonly Part[]): string | undefined {
  const missing = needed.filter((name) => !parts[name]);
  return missing.length === 0 ? undefined : `no ${missing.join(', ')} here. ${hint}`;
}

/** Why nothing can be booted here: every boot lives in namespaces of its own. */
export function namespaceReason(): string | undefined {
  const made = spawnSync('unshare', [...namespaces, 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (made.status === 0) return undefined;
  return `this machine makes no namespaces (unshare, ip): ${made.error?.message ?? made.stderr.trim()}`;
}

/** Options of unshare: nothing that runs inside reaches this machine's network, mounts or processes. */
export const namespaces = ['--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** A stock kubelet starts only beside a container runtime; the one these tests use has a fake runtime built in. */
function needsContainers(kubelet: string): boolean {
  const help = spawnSync(kubelet, ['--help'], { encoding: 'utf8' });
  return help.stdout.includes('--container-runtime-endpoint');
}
