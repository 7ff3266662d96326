import { authoritiesAlone } from './authorities-alone.ts';
import type { DistributionPreset } from './preset.ts';

/** What the secrets bundle of Talos holds: the authority of the machines' own API beside those of the cluster. */
export const talos: DistributionPreset = {
  ...authoritiesAlone({
    ca: { commonName: 'kubernetes', serves: ['cluster/client', 'cluster/server', 'kubelet/server'] },
    'etcd/ca': { commonName: 'etcd-ca', serves: ['etcd/server', 'etcd/client', 'etcd/peer'] },
    'front-proxy-ca': { commonName: 'front-proxy-ca', serves: ['front-proxy/client'] },
    'talos/os-ca': { commonName: 'talos', serves: ['talos/os'], keys: 'ed25519' },
  }),
  emitters: ['talos'],
};
