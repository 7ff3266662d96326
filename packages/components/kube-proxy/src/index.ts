import { client, defineComponent, kubeletNodes } from '@kubepki/core';
import { z } from 'zod';

/** A client certificate for kube-proxy on each node that runs a kubelet. */
export const kubeProxy = defineComponent({
  name: 'kube-proxy',
  options: z.strictObject({}),
  *plan(cluster) {
    for (const node of kubeletNodes(cluster)) {
      const local = node.roles.includes('control-plane');
      yield client({
        name: 'kube-proxy',
        node: node.name,
        issuer: 'cluster/client',
        commonName: 'system:kube-proxy',
        process: 'kube-proxy',
        connects: [{ to: 'apiserver', at: local ? 'local' : 'endpoint' }],
        kubeconfig: { credentials: 'embedded' },
        flags: { '--kubeconfig': { part: 'kubeconfig' } },
      });
    }
  },
});
