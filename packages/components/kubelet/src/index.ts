import {
  atLeast,
  type Cluster,
  client,
  controlPlanes,
  defineComponent,
  elsewhere,
  kubeletNodes,
  type Node,
  type SpecInput,
  server,
  type Version,
} from '@kubepki/core';
import { z } from 'zod';

const port = 10250;

/**
 * Each kubelet's identity, which it renews itself, and its serving certificate, so that the API server
 * can check whom it talks to. The identity is as the API server demands it for requests of its own
 * (kubernetes pkg/apis/certificates/helpers.go): one organization, and no names.
 */
export const kubelet = defineComponent({
  name: 'kubelet',
  options: z.strictObject({
    serving: z
      .boolean()
      .default(true)
      .describe('Serving certificates; without them kubelets make their own, which nobody can check.'),
    rotates: z.boolean().default(true).describe('The kubelet renews its client certificate itself.'),
    localEndpoint: z
      .boolean()
      .default(true)
      .describe('Kubelets of control planes talk to the API server of their own node.'),
    embed: z
      .enum(['none', 'first'])
      .default('none')
      .describe('Which control planes get their credentials inside kubelet.conf instead of by path.'),
  }),
  *plan(cluster, options) {
    for (const node of kubeletNodes(cluster)) {
      yield identity(node, { cluster, options });
      yield options.serving ? serving(node, cluster.version) : unchecked(node);
    }
  },
});

type Options = { readonly rotates: boolean; readonly localEndpoint: boolean; readonly embed: 'none' | 'first' };

function identity(
  node: Node,
  { cluster, options }: { readonly cluster: Cluster; readonly options: Options },
): SpecInput {
  const local = options.localEndpoint && node.roles.includes('control-plane');
  const embedded = options.embed === 'first' && node.name === controlPlanes(cluster)[0]?.name;
  return client({
    name: 'kubelet/client',
    node: node.name,
    issuer: 'cluster/client',
    commonName: `system:node:${node.name}`,
    organizations: ['system:nodes'],
    process: 'kubelet',
    // A kubelet that renews its certificate itself holds it in memory (client-go util/certificate/certificate_manager.go).
    reload: options.rotates || embedded ? 'restart' : 'rereads',
    ...(options.rotates ? { renews: 'itself' } : {}),
    connects: [{ to: 'apiserver', at: local ? 'local' : 'endpoint' }],
    kubeconfig: { credentials: embedded ? 'embedded' : 'path' },
    bindings: options.rotates ? [renewal] : [],
    flags: {
      '--kubeconfig': { part: 'kubeconfig' },
      'authentication.x509.clientCAFile': { of: 'cluster/client', part: 'trust', rereads: true },
      'authentication.anonymous.enabled': 'false',
      rotateCertificates: String(options.rotates),
    },
  });
}

// Without it nobody approves a kubelet's request for its next certificate (kubernetes cmd/kubeadm/app/phases/bootstraptoken/node).
const renewal = {
  binding: 'kubeadm:node-autoapprove-certificate-rotation',
  clusterRole: 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  to: { kind: 'Group', name: 'system:nodes' },
} as const;

function serving(node: Node, version: Version): SpecInput {
  return server({
    name: 'kubelet/server',
    node: node.name,
    issuer: 'kubelet/server',
    commonName: `system:node:${node.name}`,
    organizations: ['system:nodes'],
    sans: { dns: [node.name, ...node.names], ips: node.ips },
    process: 'kubelet',
    // The gate ReloadKubeletServerCertificateFile is on from 1.31.
    reload: atLeast(version, '1.31.0') ? 'rereads' : 'restart',
    port,
    accepts: ['cluster/client'],
    flags: { tlsCertFile: { part: 'certificate' }, tlsPrivateKeyFile: { part: 'key' } },
  });
}

function unchecked({ name: node, ips, names }: Node): SpecInput {
  const [host = node] = [...ips, ...names];
  return elsewhere({ name: 'kubelet/server', node, addresses: [{ host, port }], accepts: ['cluster/client'] });
}
