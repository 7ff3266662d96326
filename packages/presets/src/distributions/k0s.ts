import { authoritiesAlone } from './authorities-alone.ts';
import type { DistributionPreset } from './preset.ts';
import { tableLayout } from './table-layout.ts';

/** What k0s finds in `pki` of its data folder instead of making it (k0sproject/k0s cmd/controller/certificates.go). */
export const k0s: DistributionPreset = {
  ...authoritiesAlone({
    ca: { commonName: 'kubernetes-ca', serves: ['cluster/client', 'cluster/server', 'kubelet/server'] },
    'etcd/ca': { commonName: 'etcd-ca', serves: ['etcd/server', 'etcd/client', 'etcd/peer'] },
    'front-proxy-ca': { commonName: 'kubernetes-front-proxy-ca', serves: ['front-proxy/client'] },
  }),
  emitters: [],
  layout: tableLayout({ folder: 'pki' }),
};
