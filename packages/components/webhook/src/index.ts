import { defineComponent, server } from '@kubepki/core';
import { z } from 'zod';

const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and -, at most 63');

/**
 * Serving certificates for services that the API server calls: admission webhooks, and aggregated API
 * servers, which accept the front proxy's word for who is asking.
 */
export const webhook = defineComponent({
  name: 'webhook',
  options: z.strictObject({
    services: z
      .array(
        z.strictObject({
          name: name.describe("The Service's name."),
          namespace: name.default('kube-system').describe("The Service's namespace."),
          aggregated: z.boolean().default(false).describe('An aggregated API server, not a webhook.'),
          port: z.int().min(1).max(65535).default(443),
        }),
      )
      .default([])
      .describe('The services that need a certificate.'),
  }),
  *plan(cluster, { services }) {
    for (const service of services) {
      const host = `${service.name}.${service.namespace}`;
      yield server({
        name: `webhook/${service.namespace}/${service.name}`,
        issuer: 'cluster/server',
        commonName: service.name,
        sans: { dns: [host, `${host}.svc`, `${host}.svc.${cluster.dnsDomain}`], ips: [] },
        port: service.port,
        secret: { namespace: service.namespace, name: `${service.name}-tls` },
        ...(service.aggregated ? { accepts: ['front-proxy/client'], clients: ['front-proxy-client'] } : {}),
      });
    }
  },
});
