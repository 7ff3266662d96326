import { controlPlanes, defineComponent, server } from '@kubepki/core';
import { z } from 'zod';

/** The serving certificate of NAME, which answers on each control plane. */
export const camelNameComponent = defineComponent({
  name: 'NAME',
  options: z.strictObject({
    port: z.int().min(1).max(65535).default(8443).describe('The port that it answers at.'),
  }),
  *plan(cluster, { port }) {
    for (const { name: node, ips, names } of controlPlanes(cluster)) {
      yield server({
        name: 'NAME/server',
        node,
        issuer: 'cluster/server',
        commonName: 'NAME',
        sans: { dns: [node, ...names], ips },
        port,
        accepts: ['cluster/client'],
        process: 'NAME',
        flags: {
          '--tls-cert-file': { part: 'certificate' },
          '--tls-private-key-file': { part: 'key' },
          '--client-ca-file': { of: 'cluster/client', part: 'trust' },
        },
      });
    }
  },
});
