import { type Cluster, controlPlanes, etcdNodes } from '../cluster/cluster.ts';
import type { Plan } from './plan.ts';
import type { LeafSpec } from './spec.ts';

/** Whether etcd runs beside API servers. To kubeadm and Cluster API it is external wherever it does not. */
export function isEtcdStacked(cluster: Cluster): boolean {
  return etcdNodes(cluster).some(({ roles }) => roles.includes('control-plane'));
}

/** What the API server of the first control plane presents to etcd, where that is a certificate of its own. */
export function etcdClientOf({ cluster, specs }: Plan): LeafSpec | undefined {
  const [first] = controlPlanes(cluster);
  return specs.find(
    (spec): spec is LeafSpec =>
      spec.kind === 'leaf' &&
      spec.node === first?.name &&
      !spec.usages.includes('server') &&
      spec.flags['--etcd-certfile'] !== undefined,
  );
}
