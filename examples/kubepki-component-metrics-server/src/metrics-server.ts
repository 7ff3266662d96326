import { defineComponent, server } from '@kubepki/core';
import { z } from 'zod';

/** The name of a namespace or a Service. */
const label = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and -, at most 63');

/**
 * The serving certificate of metrics-server, an aggregated API server: the API server comes to it by the name of its
 * Service, and vouches for its users with the front proxy's certificate.
 */
export const metricsServer = defineComponent({
  name: 'metrics-server',
  options: z.strictObject({
    namespace: label.default('kube-system').describe('The namespace that metrics-server runs in.'),
    service: label.default('metrics-server').describe('The name of its Service.'),
    port: z.int().min(1).max(65535).default(443).describe('The port of its Service.'),
  }),
  *plan({ dnsDomain }, { namespace, service, port }) {
    const host = `${service}.${namespace}`;
    yield server({
      name: 'metrics-server',
      issuer: 'cluster/server',
      commonName: service,
      sans: { dns: [host, `${host}.svc`, `${host}.svc.${dnsDomain}`], ips: [] },
      port,
      reload: 'rereads',
      accepts: ['front-proxy/client'],
      clients: ['front-proxy-client'],
      secret: { namespace, name: `${service}-tls` },
    });
  },
});
