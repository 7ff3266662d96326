import { byKind, client, controlPlanes, defineComponent, hostsOf, parseHost, server } from '@kubepki/core';
import { z } from 'zod';

/**
 * The konnectivity server on each control plane: its identity towards the API server, and the serving
 * certificate that its agents check (kubernetes.io: Set up Konnectivity service).
 */
export const konnectivity = defineComponent({
  name: 'konnectivity',
  options: z.strictObject({
    agentPort: z.int().min(1).max(65535).default(8132).describe('The port that agents connect to.'),
  }),
  *plan(cluster, { agentPort }) {
    const endpoint = parseHost(cluster.endpoint.host);
    for (const node of controlPlanes(cluster)) {
      const common = { node: node.name, process: 'konnectivity-server' };
      yield client({
        ...common,
        name: 'konnectivity-server',
        issuer: 'cluster/client',
        commonName: 'system:konnectivity-server',
        connects: [{ to: 'apiserver', at: 'local' }],
        kubeconfig: { credentials: 'embedded' },
        flags: { '--kubeconfig': { part: 'kubeconfig' } },
        bindings: [
          {
            binding: 'system:konnectivity-server',
            clusterRole: 'system:auth-delegator',
            to: { kind: 'User', name: 'system:konnectivity-server' },
          },
        ],
      });
      yield server({
        ...common,
        name: 'konnectivity-agents',
        issuer: 'cluster/server',
        commonName: 'konnectivity-server',
        sans: byKind([...hostsOf(node), ...(endpoint.ok ? [endpoint.value] : [])]),
        port: agentPort,
        flags: { '--cluster-cert': { part: 'certificate' }, '--cluster-key': { part: 'key' } },
      });
    }
  },
});
