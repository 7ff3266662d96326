import { type Cluster, client, controlPlanes, defineComponent, type Node, type SpecInput, server } from '@kubepki/core';
import { flags } from './flags.ts';
import { names } from './names.ts';
import { type ApiserverOptions, options } from './options.ts';
import { etcdClientGroups, kubeletBindings, kubeletGroups, kubeletRights } from './rights.ts';

/** On each control plane: the API server's serving certificate, and what it presents to etcd and to kubelets. */
export const apiserver = defineComponent({
  name: 'apiserver',
  options,
  *plan(cluster, chosen) {
    for (const node of controlPlanes(cluster)) {
      yield serving(node, { cluster, options: chosen });
      if (chosen.clients.kubelet === 'dedicated') yield kubeletClient(node, cluster);
      if (chosen.clients.etcd === 'dedicated') yield etcdClient(node, cluster);
    }
  },
});

const process = { process: 'kube-apiserver', reload: 'rereads' } as const;
const commonName = 'kube-apiserver';

function serving(
  node: Node,
  { cluster, options }: { readonly cluster: Cluster; readonly options: ApiserverOptions },
): SpecInput {
  const toEtcd = options.clients.etcd === 'serving';
  const toKubelets = options.clients.kubelet === 'serving';
  return server({
    ...process,
    name: 'apiserver',
    node: node.name,
    issuer: 'cluster/server',
    commonName,
    usages: toEtcd || toKubelets ? ['server', 'client'] : ['server'],
    sans: names(node, { cluster, options }),
    port: options.port,
    accepts: ['cluster/client', ...(options.frontProxy ? ['front-proxy/client'] : [])],
    connects: [...(toEtcd ? [etcd] : []), ...(toKubelets ? [kubelets] : [])],
    bindings: toKubelets ? kubeletRights('kubepki:apiserver-serving-kubelet-client', commonName) : [],
    flags: {
      ...flags.serving,
      ...(options.frontProxy ? flags.frontProxy : {}),
      ...(toEtcd ? flags.etcd : {}),
      ...(toKubelets ? flags.kubelet : {}),
      ...(options.clients.etcd === 'none' ? {} : flags.etcdServers(cluster)),
    },
  });
}

const etcd = { to: 'etcd/server', at: 'each' } as const;
const kubelets = { to: 'kubelet/server', at: 'each' } as const;

function kubeletClient(node: Node, cluster: Cluster): SpecInput {
  const name = 'kube-apiserver-kubelet-client';
  const organizations = kubeletGroups(cluster.version);
  return client({
    ...process,
    name: 'apiserver-kubelet-client',
    node: node.name,
    issuer: 'cluster/client',
    commonName: name,
    organizations,
    connects: [kubelets],
    bindings: kubeletBindings(name, organizations),
    flags: flags.kubelet,
  });
}

function etcdClient(node: Node, cluster: Cluster): SpecInput {
  return client({
    ...process,
    name: 'apiserver-etcd-client',
    node: node.name,
    issuer: 'etcd/client',
    commonName: 'kube-apiserver-etcd-client',
    organizations: etcdClientGroups(cluster.version),
    connects: [etcd],
    flags: flags.etcd,
  });
}
