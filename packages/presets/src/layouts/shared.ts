import type { Plan, SharedArtifact } from '@kubepki/core';

// Where the flags of Kubernetes' parts and kubeadm look for what is trusted under a use.
const bases: Readonly<Record<string, string>> = {
  'cluster/client': 'ca',
  'cluster/server': 'ca',
  'kubelet/server': 'ca',
  'etcd/client': 'etcd/ca',
  'etcd/server': 'etcd/ca',
  'etcd/peer': 'etcd/ca',
  'front-proxy/client': 'front-proxy-ca',
  sa: 'sa',
};

/**
 * The name of a shared file, without its ending. Uses that have one name share it while the same
 * authorities stand behind them; one that differs from the first gets a name of its own.
 */
export function sharedBase({ use, part }: SharedArtifact, { uses }: Plan): string {
  const base = bases[use] ?? `${use.replaceAll('/', '-')}-ca`;
  const first = Object.keys(bases).find((other) => bases[other] === base && uses[other] !== undefined) ?? use;
  const same = JSON.stringify(uses[first]) === JSON.stringify(uses[use]);
  const own = same ? base : `${use.replaceAll('/', '-')}-ca`;
  const alone = uses[use]?.trusts.join() === uses[use]?.signs;
  // What signs is one certificate, also while a bundle of several is trusted.
  return part === 'certificate' && !alone ? `${own}-signing` : own;
}
