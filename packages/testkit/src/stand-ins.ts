import {
  authority,
  type Cluster,
  type Component,
  controlPlanes,
  elsewhere,
  etcdNodes,
  keyPair,
  kubeletNodes,
  type Node,
  type SpecInput,
  server,
  type Use,
} from '@kubepki/core';

/**
 * Plans what these others count on and do not plan: authorities for the well-known uses, a key pair for `sa`, and of
 * the servers `apiserver`, `etcd/server` and `kubelet/server` those that they connect to. So a plugin is tested
 * without others.
 */
export function standIns(others: readonly Component[] = []): Component {
  return {
    name: 'stand-ins',
    *plan(cluster) {
      const specs = others.flatMap((component) => Array.from(component.plan(cluster)));
      const names = new Set(specs.map(({ name }) => name));
      const wanted = new Set(
        specs.flatMap((spec) => ('connects' in spec ? (spec.connects ?? []) : [])).map(({ to }) => to),
      );
      yield* sources(new Set(specs.flatMap((spec) => ('serves' in spec ? spec.serves : []))));
      for (const [name, servers] of Object.entries(wellKnown)) {
        if (wanted.has(name) && !names.has(name)) yield* servers(cluster);
      }
    },
  };
}

const behind: Readonly<Record<string, readonly Use[]>> = {
  'stand-in/ca': ['cluster/client', 'cluster/server', 'kubelet/server'],
  'stand-in/etcd-ca': ['etcd/client', 'etcd/server', 'etcd/peer'],
  'stand-in/front-proxy-ca': ['front-proxy/client'],
};

function* sources(served: ReadonlySet<Use>): Generator<SpecInput> {
  for (const [name, uses] of Object.entries(behind)) {
    const serves = uses.filter((use) => !served.has(use));
    if (serves.length > 0) yield authority({ name, commonName: `TEST ONLY ${name}`, serves });
  }
  if (!served.has('sa')) yield keyPair({ name: 'stand-in/sa', serves: ['sa'] });
}

function* apiservers(cluster: Cluster): Generator<SpecInput> {
  for (const node of controlPlanes(cluster)) {
    yield at(node, {
      name: 'apiserver',
      issuer: 'cluster/server',
      port: 6443,
      accepts: ['cluster/client', 'front-proxy/client'],
    });
  }
}

function* etcdServers(cluster: Cluster): Generator<SpecInput> {
  const common = { name: 'etcd/server', issuer: 'etcd/server', accepts: ['etcd/client'] } as const;
  if (cluster.etcd !== 'nodes') yield elsewhere({ ...common, addresses: cluster.etcd.external });
  for (const node of etcdNodes(cluster)) yield at(node, { ...common, port: 2379 });
}

function* kubelets(cluster: Cluster): Generator<SpecInput> {
  for (const node of kubeletNodes(cluster)) {
    yield at(node, { name: 'kubelet/server', issuer: 'kubelet/server', port: 10250, accepts: ['cluster/client'] });
  }
}

const wellKnown = { apiserver: apiservers, 'etcd/server': etcdServers, 'kubelet/server': kubelets } as const;

type Kind = { readonly name: string; readonly issuer: Use; readonly port: number; readonly accepts: readonly Use[] };

function at({ name: node, names, ips }: Node, kind: Kind): SpecInput {
  const sans = { dns: [node, ...names, 'localhost'], ips: [...ips, '127.0.0.1'] };
  return server({ ...kind, node, commonName: kind.name, sans });
}
