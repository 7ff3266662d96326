import { client, controlPlanes, defineComponent, localServer } from '@kubepki/core';
import { z } from 'zod';

/**
 * The controller manager's identity on each control plane, the service-account key it signs tokens with
 * and, unless `signsRequests` is off, the authority's key it signs certificate requests with.
 */
export const controllerManager = defineComponent({
  name: 'controller-manager',
  options: z.strictObject({
    signsRequests: z
      .boolean()
      .default(true)
      .describe("It signs certificate requests; the authority's key then lies on each control plane."),
    serving: z
      .boolean()
      .default(false)
      .describe('A serving certificate; without one it makes its own, which nobody can check.'),
    frontProxy: z.boolean().default(true).describe('It knows the authority of the aggregation layer.'),
  }),
  *plan(cluster, { signsRequests, serving, frontProxy }) {
    for (const node of controlPlanes(cluster)) {
      yield client({
        name: 'controller-manager',
        node: node.name,
        issuer: 'cluster/client',
        commonName: 'system:kube-controller-manager',
        process: 'kube-controller-manager',
        connects: [{ to: 'apiserver', at: 'local' }],
        kubeconfig: { credentials: 'embedded' },
        flags: {
          '--kubeconfig': { part: 'kubeconfig' },
          '--authentication-kubeconfig': { part: 'kubeconfig' },
          '--authorization-kubeconfig': { part: 'kubeconfig' },
          '--client-ca-file': { of: 'cluster/client', part: 'trust', rereads: true },
          '--root-ca-file': { of: 'cluster/server', part: 'trust' },
          '--service-account-private-key-file': { of: 'sa', part: 'key' },
          ...(frontProxy
            ? { '--requestheader-client-ca-file': { of: 'front-proxy/client', part: 'trust', rereads: true } as const }
            : {}),
          ...(signsRequests ? signing : {}),
        },
      });
      if (serving) {
        yield localServer(node, {
          name: 'controller-manager/server',
          commonName: 'kube-controller-manager',
          process: 'kube-controller-manager',
          port: 10257,
        });
      }
    }
  },
});

// The file must hold exactly one certificate; both are read again when they change (kubernetes
// pkg/controller/certificates/signer/ca_provider.go).
const signing = {
  '--cluster-signing-cert-file': { of: 'cluster/client', part: 'certificate', rereads: true },
  '--cluster-signing-key-file': { of: 'cluster/client', part: 'key', rereads: true },
} as const;
