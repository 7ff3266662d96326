import { byKind, type Cluster, firstAddress, type Node, parseHost } from '@kubepki/core';
import type { ApiserverOptions } from './options.ts';

type Sans = { readonly dns: readonly string[]; readonly ips: readonly string[] };

/**
 * The names and addresses of an API server (kubernetes cmd/kubeadm/app/util/pkiutil/pki_helpers.go,
 * GetAPIServerAltNames): its node, its service, its endpoint and what the options add.
 */
export function names(
  node: Node,
  { cluster, options }: { readonly cluster: Cluster; readonly options: ApiserverOptions },
): Sans {
  const subnets = options.subnets === 'all' ? cluster.serviceSubnets : cluster.serviceSubnets.slice(0, 1);
  const every = options.addresses === 'all';
  const endpoint = parseHost(cluster.endpoint.host);
  const host = endpoint.ok ? byKind([endpoint.value]) : { dns: [cluster.endpoint.host], ips: [] };
  return {
    dns: [
      node.name,
      ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${cluster.dnsDomain}`],
      ...(options.loopback ? ['localhost'] : []),
      ...(every ? node.names : []),
      ...host.dns,
      ...options.sans.dns,
    ],
    ips: [
      ...subnets.map(firstAddress),
      ...(every ? node.ips : node.ips.slice(0, 1)),
      ...host.ips,
      ...(options.loopback ? ['127.0.0.1', '::1'] : []),
      ...options.sans.ips,
    ],
  };
}
