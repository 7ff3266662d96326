import type { Artifact, Layout } from '@kubepki/core';
import { type FileNames, isPairPart, pairFile } from './names.ts';
import { sharedBase } from './shared.ts';

const pki = 'etc/kubernetes/pki';
const kubelet = 'var/lib/kubelet/pki';

/** A folder for each node, laid out as on its `/` with kubeadm's names; authorities and people beside them. */
export function nodesLayout({ names = 'crt' }: { readonly names?: FileNames } = {}): Layout {
  return {
    path: ({ spec, part }) => {
      const node = spec.kind === 'leaf' ? spec.node : undefined;
      const inside = node === undefined ? clusterPath({ spec, part }, names) : nodePath({ spec, part }, names);
      return node === undefined || inside === undefined ? inside : `nodes/${node}/${inside}`;
    },
    shared: (artifact, plan) => {
      if (artifact.node === undefined) return undefined;
      const part = artifact.part === 'trust' ? 'certificate' : artifact.part;
      return `nodes/${artifact.node}/${pki}/${pairFile(sharedBase(artifact, plan), { part, names })}`;
    },
    installed: (path) => /^nodes\/[^/]+(\/.+)$/.exec(path)?.[1],
    folderMode: () => 0o700,
  };
}

/** kubeadm's modes: `pki` and `pki/etcd` are open to look into. */
export function kubeadmLayout(options: { readonly names?: FileNames } = {}): Layout {
  const open = new RegExp(`^nodes/[^/]+/${pki}(/etcd)?$`);
  return { ...nodesLayout(options), folderMode: (path) => (open.test(path) ? 0o755 : 0o700) };
}

function nodePath({ spec, part }: Artifact, names: FileNames): string | undefined {
  if (part === 'kubeconfig')
    return `etc/kubernetes/${spec.name === 'kubelet/client' ? 'kubelet' : plain(spec.name)}.conf`;
  if (part === 'pem') return `${kubelet}/${plain(spec.name)}.pem`;
  if (part === 'link') return `${kubelet}/${plain(spec.name)}-current.pem`;
  if (spec.kind === 'leaf' && spec.kubeconfig !== undefined) return undefined;
  const base = spec.name === 'kubelet/server' ? `${kubelet}/kubelet` : `${pki}/${spec.name}`;
  return pairFile(base, { part, names });
}

function clusterPath({ spec, part }: Artifact, names: FileNames): string | undefined {
  if (part === 'kubeconfig') return `users/${plain(spec.name.replace(/^user\//, ''))}.conf`;
  if (!isPairPart(part)) return undefined;
  if (spec.kind !== 'leaf') return `authorities/${pairFile(spec.name, { part, names })}`;
  if (spec.kubeconfig !== undefined) return undefined;
  return `${spec.usages.includes('server') ? 'servers' : 'clients'}/${pairFile(spec.name, { part, names })}`;
}

function plain(name: string): string {
  return name.replaceAll('/', '-');
}
