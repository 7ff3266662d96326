import type { Use } from '@kubepki/core';

/** An entry of the bundle's `certs`: the uses that one authority must stand behind, and what of it is there. */
export type CertsEntry = { readonly name: string; readonly uses: readonly Use[]; readonly parts: readonly Part[] };
type Part = 'crt' | 'key';

const pair: readonly Part[] = ['crt', 'key'];

/** The entries in the order in which Talos writes them (siderolabs/talos pkg/machinery/config/generate/secrets/secrets.go). */
export const certs: readonly CertsEntry[] = [
  { name: 'etcd', uses: ['etcd/server', 'etcd/client', 'etcd/peer'], parts: pair },
  { name: 'k8s', uses: ['cluster/client', 'cluster/server', 'kubelet/server'], parts: pair },
  { name: 'k8saggregator', uses: ['front-proxy/client'], parts: pair },
  { name: 'k8sserviceaccount', uses: ['sa'], parts: ['key'] },
  { name: 'os', uses: ['talos/os'], parts: pair },
];
