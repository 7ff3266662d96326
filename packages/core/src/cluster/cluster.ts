import { z } from 'zod';

/** What a machine does in the cluster. A machine that is `etcd` alone has no kubelet. */
export const roles = ['control-plane', 'etcd', 'worker'] as const;
/** What a machine does in the cluster. */
export type Role = (typeof roles)[number];

/** A machine. Its addresses are canonical, and in the order in which they were given. */
export const nodeSchema = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(roles)).readonly(),
  /** The first one is the address that the node advertises. */
  ips: z.array(z.string()).readonly(),
  names: z.array(z.string()).readonly(),
});
/** A machine of a cluster: its name, what it does, and its addresses. */
export type Node = z.infer<typeof nodeSchema>;

/** A Kubernetes release, 1.MINOR.PATCH. */
export const versionSchema = z.strictObject({ minor: z.int().nonnegative(), patch: z.int().nonnegative() });
/** A Kubernetes release: 1.33.4 has the minor 33 and the patch 4. */
export type Version = z.infer<typeof versionSchema>;

/** The facts about a cluster: names, addresses, ranges and the version. It holds no choices and no secrets. */
export const clusterSchema = z.strictObject({
  name: z.string(),
  version: versionSchema,
  /** Where clients reach the control plane as a whole; without a port it is the API server's own. */
  endpoint: z.strictObject({ host: z.string(), port: z.int().optional() }),
  dnsDomain: z.string(),
  /** One or two, canonical (`10.96.0.0/12`). */
  serviceSubnets: z.array(z.string()).readonly(),
  nodes: z.array(nodeSchema).readonly(),
  /** Where etcd's members are: on the nodes with that role (or else every control plane), or elsewhere. */
  etcd: z.union([
    z.literal('nodes'),
    z.strictObject({ external: z.array(z.strictObject({ host: z.string(), port: z.int() })).readonly() }),
  ]),
});
/** The facts about a cluster, from which components plan. */
export type Cluster = z.infer<typeof clusterSchema>;

/** The nodes that run the control plane, in the order of the cluster. */
export function controlPlanes(cluster: Cluster): readonly Node[] {
  return cluster.nodes.filter((node) => node.roles.includes('control-plane'));
}

/** The nodes that run a member of etcd: those that name the role, or else every control plane; none where etcd is elsewhere. */
export function etcdNodes(cluster: Cluster): readonly Node[] {
  if (cluster.etcd !== 'nodes') return [];
  const named = cluster.nodes.filter((node) => node.roles.includes('etcd'));
  return named.length > 0 ? named : controlPlanes(cluster);
}

/** The nodes that run a kubelet and kube-proxy: all but those that are `etcd` alone. */
export function kubeletNodes(cluster: Cluster): readonly Node[] {
  return cluster.nodes.filter((node) => node.roles.some((role) => role !== 'etcd'));
}

/** A machine's name and addresses, as the names of a certificate. */
export function hostsOf({ name, ips, names }: Node): readonly ({ readonly dns: string } | { readonly ip: string })[] {
  return [name, ...names].map((dns) => ({ dns }) as { dns: string } | { ip: string }).concat(ips.map((ip) => ({ ip })));
}
