import type { Cluster, Node } from '@kubepki/core';

/** What a cluster for tests has; one control plane and one worker where nothing is said. */
export type TestClusterOptions = {
  readonly controlPlanes?: number;
  readonly workers?: number;
  /** etcd's members: as many nodes of its own, or elsewhere; on the control planes where it is missing. */
  readonly etcd?: number | 'external';
  /** The families of its addresses, the first one first. */
  readonly families?: 'ipv4' | 'ipv6' | 'dual';
  /** Its release: 1.MINOR. */
  readonly minor?: number;
};

/** A sound cluster for tests: nodes `cp-1`, `etcd-1`, `worker-1` and so on, each with addresses of its own. */
export function testCluster(options: TestClusterOptions = {}): Cluster {
  const { controlPlanes = 1, workers = 1, etcd = 0, families = 'ipv4', minor = 37 } = options;
  const kinds = [
    ...Array.from({ length: controlPlanes }, (_, index) => ({
      name: `cp-${index + 1}`,
      role: 'control-plane' as const,
    })),
    ...Array.from({ length: etcd === 'external' ? 0 : etcd }, (_, index) => ({
      name: `etcd-${index + 1}`,
      role: 'etcd' as const,
    })),
    ...Array.from({ length: workers }, (_, index) => ({ name: `worker-${index + 1}`, role: 'worker' as const })),
  ];
  const nodes = kinds.map(({ name, role }, index): Node => {
    return { name, roles: [role], ips: addresses(families, index + 11), names: [`${name}.example.com`] };
  });
  return {
    name: 'test',
    version: { minor, patch: 0 },
    endpoint: { host: 'api.example.com', port: 6443 },
    dnsDomain: 'cluster.local',
    serviceSubnets: pick(families, ['10.96.0.0/12', 'fd00:96::/112']),
    nodes,
    etcd: etcd === 'external' ? { external: [{ host: 'etcd.example.com', port: 2379 }] } : 'nodes',
  };
}

function addresses(families: 'ipv4' | 'ipv6' | 'dual', number: number): readonly string[] {
  return pick(families, [`10.0.${number >> 8}.${number & 255}`, `fd00::${number.toString(16)}`]);
}

function pick(families: 'ipv4' | 'ipv6' | 'dual', [ipv4, ipv6]: readonly [string, string]): readonly string[] {
  return families === 'dual' ? [ipv4, ipv6] : [families === 'ipv4' ? ipv4 : ipv6];
}

/** Clusters that differ in all that a component may look at, by what they are. */
export const clusters: Readonly<Record<string, Cluster>> = {
  'a cluster of one node': allInOne(testCluster({ workers: 0 })),
  'three control planes without workers': testCluster({ controlPlanes: 3, workers: 0 }),
  'three nodes': testCluster({ workers: 2 }),
  'a thousand nodes': testCluster({ controlPlanes: 3, workers: 997 }),
  'a dual-stack cluster': testCluster({ families: 'dual' }),
  'an IPv6 cluster': onlyByAddress(testCluster({ families: 'ipv6' })),
  'a cluster with etcd on nodes of its own': testCluster({ controlPlanes: 2, etcd: 3 }),
  'a cluster whose etcd is elsewhere': testCluster({ etcd: 'external' }),
  'nodes that are known by name alone': onlyByName(testCluster({ controlPlanes: 2 })),
  'a cluster of the oldest release': testCluster({ minor: 28 }),
};

function allInOne(cluster: Cluster): Cluster {
  return { ...cluster, nodes: cluster.nodes.map((node) => ({ ...node, roles: ['control-plane', 'worker'] })) };
}

/** Without names but the nodes' own, and an address for the endpoint. */
function onlyByAddress(cluster: Cluster): Cluster {
  const nodes = cluster.nodes.map((node) => ({ ...node, names: [] }));
  return { ...cluster, endpoint: { host: nodes[0]?.ips[0] ?? '' }, nodes };
}

function onlyByName(cluster: Cluster): Cluster {
  return { ...cluster, nodes: cluster.nodes.map((node) => ({ ...node, ips: [] })) };
}
