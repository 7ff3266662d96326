import { atLeast, type Binding, since, type Version } from '@kubepki/core';

/** The binding with which kubelets let a user read logs and run commands. */
export function kubeletRights(binding: string, user: string): readonly Binding[] {
  return [{ binding, clusterRole: 'system:kubelet-api-admin', to: { kind: 'User', name: user } }];
}

const admins = 'kubeadm:cluster-admins';

/**
 * The groups of apiserver-kubelet-client: the masters up to 1.28, the cluster's admins from 1.29
 * (kubernetes/kubernetes#121837), none since a binding for the user came (kubernetes/kubernetes#138957).
 */
export function kubeletGroups(version: Version): readonly string[] {
  if (since(version, ['1.33.12', '1.34.8', '1.35.5', '1.36.1', '1.37.0'])) return [];
  return [atLeast(version, '1.29.0') ? admins : 'system:masters'];
}

/** What gives apiserver-kubelet-client its rights: its group's binding, or one of its own; the masters need none. */
export function kubeletBindings(user: string, groups: readonly string[]): readonly Binding[] {
  if (groups.includes(admins)) {
    return [{ binding: admins, clusterRole: 'cluster-admin', to: { kind: 'Group', name: admins } }];
  }
  return groups.length > 0 ? [] : kubeletRights('kubeadm:apiserver-kubelet-client', user);
}

/** The groups of the client of etcd: the masters up to 1.28, none since (kubernetes cmd/kubeadm/app/phases/certs/certlist.go). */
export function etcdClientGroups(version: Version): readonly string[] {
  return atLeast(version, '1.29.0') ? [] : ['system:masters'];
}
