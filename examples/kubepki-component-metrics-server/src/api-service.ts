import { type ContentFile, defineEmitter, type Get, type LeafSpec, trustedBy } from '@kubepki/core';
import { z } from 'zod';

/** Registers metrics-server with the API server, whose `caBundle` are the authorities trusted for what serves it. */
export const apiService = defineEmitter({
  name: 'metrics-server-apiservice',
  options: z.strictObject({
    path: z
      .string()
      .min(1)
      .default('manifests/metrics-server-apiservice.json')
      .describe('Where the manifest lies in the tree.'),
    priority: z.int().min(1).max(20_000).default(100).describe('groupPriorityMinimum of the APIService.'),
  }),
  emitter: ({ path, priority }) => ({
    *files({ specs }, { plan }) {
      for (const spec of specs) {
        if (spec.kind !== 'leaf' || spec.name !== 'metrics-server') continue;
        yield {
          path,
          mode: 0o644,
          secret: false,
          // Not the one that signs: while an authority is rotated, more than one is trusted.
          holds: trustedBy(plan.uses, [spec.issuer]).map((id) => ({ id, part: 'certificate' })),
          content: { priority, ...serviceOf(spec) },
        };
      }
    },
    render,
    read: (text) => {
      const { caBundle } = manifest.parse(JSON.parse(text)).spec;
      return Buffer.from(caBundle, 'base64')
        .toString()
        .split(/(?<=-----END CERTIFICATE-----\n)/);
    },
  }),
});

const content = z.strictObject({ priority: z.int(), namespace: z.string(), name: z.string(), port: z.int() });
const manifest = z.object({ spec: z.object({ caBundle: z.base64() }) });

/** The Service that the certificate is for; the API server asks for NAME.NAMESPACE.svc. */
function serviceOf({ sans, port = 443 }: LeafSpec) {
  const [name = '', namespace = ''] = sans.dns.find((host) => host.endsWith('.svc'))?.split('.') ?? [];
  return { name, namespace, port };
}

/** JSON, which `kubectl apply` takes as it takes YAML, and in which every text stays one. */
function render(file: ContentFile, get: Get): string {
  const { priority, ...service } = content.parse(file.content);
  const apiService = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: priority,
      versionPriority: 100,
      service,
      caBundle: Buffer.from(file.holds.map(get).join('')).toString('base64'),
    },
  };
  return `${JSON.stringify(apiService, null, 2)}\n`;
}
