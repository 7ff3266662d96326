import { authoritiesAlone } from './authorities-alone.ts';
import type { DistributionPreset } from './preset.ts';
import { tableLayout } from './table-layout.ts';

/** What k3s finds in `server/tls` of its data folder instead of making it (k3s-io/k3s pkg/daemons/control/deps/deps.go). */
export const k3s = rancher('k3s');

/** RKE2 is k3s in this (rancher/rke2 takes pkg/daemons/control from there). */
export const rke2 = rancher('rke2');

function rancher(program: string): DistributionPreset {
  return {
    ...authoritiesAlone({
      'client-ca': { commonName: `${program}-client-ca`, serves: ['cluster/client'] },
      'server-ca': { commonName: `${program}-server-ca`, serves: ['cluster/server', 'kubelet/server'] },
      'request-header-ca': { commonName: `${program}-request-header-ca`, serves: ['front-proxy/client'] },
      'etcd/server-ca': { commonName: 'etcd-server-ca', serves: ['etcd/server', 'etcd/client'] },
      'etcd/peer-ca': { commonName: 'etcd-peer-ca', serves: ['etcd/peer'] },
    }),
    emitters: [],
    layout: tableLayout({ folder: 'server/tls', files: { sa: { key: 'service.key', public: null } } }),
  };
}
