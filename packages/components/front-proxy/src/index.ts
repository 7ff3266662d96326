import { authority, client, controlPlanes, defineComponent } from '@kubepki/core';
import { z } from 'zod';

/**
 * The authority of the aggregation layer, and on each control plane the certificate with which the API
 * server vouches for its users towards aggregated API servers. It must be apart from the authority of
 * clients: who holds a certificate of it may claim to be anybody.
 */
export const frontProxy = defineComponent({
  name: 'front-proxy',
  options: z.strictObject({
    commonName: z
      .string()
      .min(1)
      .default('front-proxy-ca')
      .describe("The common name of the aggregation layer's authority."),
  }),
  *plan(cluster, { commonName }) {
    yield authority({ name: 'front-proxy-ca', commonName, serves: ['front-proxy/client'] });
    for (const { name: node } of controlPlanes(cluster)) {
      yield client({
        name: 'front-proxy-client',
        node,
        issuer: 'front-proxy/client',
        commonName: 'front-proxy-client',
        process: 'kube-apiserver',
        reload: 'rereads',
        flags: { '--proxy-client-cert-file': { part: 'certificate' }, '--proxy-client-key-file': { part: 'key' } },
      });
    }
  },
});
