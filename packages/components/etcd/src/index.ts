import {
  atLeast,
  authority,
  type Cluster,
  client,
  defineComponent,
  elsewhere,
  etcdNodes,
  type Node,
  peer,
  type SpecInput,
  sansField,
} from '@kubepki/core';
import { z } from 'zod';

/**
 * etcd's authority and, for each member, its serving certificate, its certificate towards other members
 * and a client for health checks. Where etcd is elsewhere: its authority and its addresses alone.
 */
export const etcd = defineComponent({
  name: 'etcd',
  options: z.strictObject({
    commonName: z.string().min(1).default('etcd-ca').describe("The common name of etcd's authority."),
    serverSans: sansField.describe('More names and addresses at which members are reached by clients.'),
    peerSans: sansField.describe('More names and addresses at which members are reached by each other.'),
    authority: z
      .boolean()
      .default(true)
      .describe("etcd's authority is of this plan; for an etcd elsewhere whose authority is unknown, nothing is."),
    addresses: z.enum(['all', 'advertised']).default('all').describe("Which of a node's addresses become names."),
  }),
  *plan(cluster, options) {
    if (!options.authority) return;
    yield authority({
      name: 'etcd/ca',
      commonName: options.commonName,
      serves: ['etcd/client', 'etcd/server', ...(cluster.etcd === 'nodes' ? ['etcd/peer'] : [])],
    });
    yield* external(cluster);
    for (const node of etcdNodes(cluster)) yield* member(node, { cluster, options });
  },
});

type Sans = { readonly dns: readonly string[]; readonly ips: readonly string[] };
type Options = { readonly serverSans: Sans; readonly peerSans: Sans; readonly addresses: 'all' | 'advertised' };

function* external({ etcd: place }: Cluster): Generator<SpecInput> {
  if (place === 'nodes') return;
  yield elsewhere({ name: 'etcd/server', issuer: 'etcd/server', accepts: ['etcd/client'], addresses: place.external });
}

function* member(
  node: Node,
  { cluster, options }: { readonly cluster: Cluster; readonly options: Options },
): Generator<SpecInput> {
  const common = { node: node.name, commonName: node.name, process: 'etcd', reload: 'rereads' } as const;
  yield peer({
    ...common,
    name: 'etcd/server',
    issuer: 'etcd/server',
    sans: names(node, { more: options.serverSans, addresses: options.addresses }),
    port: 2379,
    accepts: ['etcd/client'],
    // etcd's gRPC gateway presents this certificate as a client to its own member (etcd-io/etcd#9785).
    connects: [{ to: 'etcd/server', at: 'local' }],
    flags: {
      '--cert-file': { part: 'certificate' },
      '--key-file': { part: 'key' },
      '--client-cert-auth': 'true',
      '--trusted-ca-file': { of: 'etcd/client', part: 'trust' },
    },
  });
  yield peer({
    ...common,
    name: 'etcd/peer',
    issuer: 'etcd/peer',
    sans: names(node, { more: options.peerSans, addresses: options.addresses }),
    port: 2380,
    accepts: ['etcd/peer'],
    connects: [{ to: 'etcd/peer', at: 'each' }],
    flags: {
      '--peer-cert-file': { part: 'certificate' },
      '--peer-key-file': { part: 'key' },
      '--peer-client-cert-auth': 'true',
      '--peer-trusted-ca-file': { of: 'etcd/peer', part: 'trust' },
    },
  });
  yield client({
    node: node.name,
    name: 'etcd/healthcheck-client',
    issuer: 'etcd/client',
    commonName: 'kube-etcd-healthcheck-client',
    // kubernetes cmd/kubeadm/app/phases/certs/certlist.go
    organizations: atLeast(cluster.version, '1.29.0') ? [] : ['system:masters'],
    reload: 'rereads',
    connects: [{ to: 'etcd/server', at: 'local' }],
  });
}

function names(
  node: Node,
  { more, addresses }: { readonly more: Sans; readonly addresses: 'all' | 'advertised' },
): Sans {
  const ips = addresses === 'all' ? node.ips : node.ips.slice(0, 1);
  return {
    dns: [node.name, 'localhost', ...(addresses === 'all' ? node.names : []), ...more.dns],
    ips: [...ips, '127.0.0.1', '::1', ...more.ips],
  };
}
