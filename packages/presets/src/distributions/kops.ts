import { authoritiesAlone } from './authorities-alone.ts';
import type { DistributionPreset } from './preset.ts';
import { tableLayout } from './table-layout.ts';

/** kOps' keysets by name, each of which `kops create keypair` takes (kubernetes/kops cmd/kops/create_keypair.go). */
export const kops: DistributionPreset = {
  ...authoritiesAlone({
    'kubernetes-ca': {
      commonName: 'kubernetes-ca',
      serves: ['cluster/client', 'cluster/server', 'kubelet/server'],
    },
    'apiserver-aggregator-ca': { commonName: 'apiserver-aggregator-ca', serves: ['front-proxy/client'] },
    'etcd-clients-ca': { commonName: 'etcd-clients-ca', serves: ['etcd/server', 'etcd/client'] },
    'etcd-peers-ca-main': { commonName: 'etcd-peers-ca-main', serves: ['etcd/peer'] },
    'etcd-peers-ca-events': { commonName: 'etcd-peers-ca-events', serves: ['etcd-events/peer'] },
    'etcd-manager-ca-main': { commonName: 'etcd-manager-ca-main', serves: ['etcd-manager/peer'] },
    'etcd-manager-ca-events': { commonName: 'etcd-manager-ca-events', serves: ['etcd-manager-events/peer'] },
  }),
  emitters: [],
  layout: tableLayout({
    folder: 'keysets',
    files: { sa: { key: 'service-account.key', public: 'service-account.pub' } },
  }),
};
