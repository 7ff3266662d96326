import { client, controlPlanes, defineComponent, localServer } from '@kubepki/core';
import { z } from 'zod';

/** The scheduler's identity on each control plane and, if wanted, its serving certificate. */
export const scheduler = defineComponent({
  name: 'scheduler',
  options: z.strictObject({
    serving: z
      .boolean()
      .default(false)
      .describe('A serving certificate; without one it makes its own, which nobody can check.'),
  }),
  *plan(cluster, { serving }) {
    for (const node of controlPlanes(cluster)) {
      yield client({
        name: 'scheduler',
        node: node.name,
        issuer: 'cluster/client',
        commonName: 'system:kube-scheduler',
        process: 'kube-scheduler',
        connects: [{ to: 'apiserver', at: 'local' }],
        kubeconfig: { credentials: 'embedded' },
        flags: {
          '--kubeconfig': { part: 'kubeconfig' },
          '--authentication-kubeconfig': { part: 'kubeconfig' },
          '--authorization-kubeconfig': { part: 'kubeconfig' },
        },
      });
      if (serving)
        yield localServer(node, {
          name: 'scheduler/server',
          commonName: 'kube-scheduler',
          process: 'kube-scheduler',
          port: 10259,
        });
    }
  },
});
