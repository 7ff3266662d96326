import {
  type Algorithm,
  atLeast,
  formatVersion,
  isEtcdStacked,
  isPublicAlone,
  type LeafSpec,
  PkiError,
  type Plan,
  type Version,
} from '@kubepki/core';
import { kubeadmLayout } from '../layouts/nodes.ts';
import type { ProfilePreset } from './preset.ts';

/** What kubeadm of the cluster's version writes, field for field. */
export const kubeadm: ProfilePreset = {
  algorithm: 'rsa-2048',
  off: [
    'kube-proxy',
    'konnectivity',
    'etcd-clients',
    'webhook',
    'secrets',
    'kubeadm-certs',
    'cluster-api',
    'oidc',
    'bootstrap',
    'rbac',
    'authorities',
    'talos',
  ],
  options: ({ version }) => ({
    apiserver: { loopback: false, subnets: 'first', addresses: 'advertised' },
    etcd: { addresses: 'advertised' },
    // kubernetes cmd/kubeadm/app/cmd/phases/init/kubeconfig.go
    kubelet: { serving: false, embed: 'first', localEndpoint: atLeast(version, '1.33.0') },
    admin: { perControlPlane: true, superAdminValidity: 'leaves' },
  }),
  policies: [oneAlgorithm, oldKubeconfigKeys, sharedAuthorities],
  staggers: false,
  layout: kubeadmLayout,
};

/** Which algorithms kubeadm has (kubernetes cmd/kubeadm/app/apis/kubeadm): one setting holds for everything. */
function algorithmsOf(version: Version): readonly Algorithm[] {
  if (!atLeast(version, '1.31.0')) return ['rsa-2048', 'ecdsa-p256'];
  const known: readonly Algorithm[] = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ecdsa-p256'];
  return atLeast(version, '1.34.0') ? [...known, 'ecdsa-p384'] : known;
}

function oneAlgorithm(plan: Plan): Plan {
  const { version } = plan.cluster;
  const known = algorithmsOf(version);
  const asked = new Set(
    plan.specs.flatMap((spec) =>
      spec.kind === 'elsewhere' || isPublicAlone(spec) || (spec.kind === 'authority' && spec.given) ? [] : [spec.keys],
    ),
  );
  const strange = [...asked].filter((algorithm) => !known.includes(algorithm));
  const release = formatVersion(version);
  if (strange.length > 0) {
    throw new PkiError('PROFILE_ALGORITHM', `kubeadm ${release} knows no ${strange.join(' and no ')}`, {
      hint: `with profile kubeadm set keys to one of ${known.join(', ')}, or use profile strict`,
    });
  }
  if (asked.size > 1) {
    throw new PkiError(
      'PROFILE_ALGORITHM',
      `kubeadm has one algorithm for all keys, and ${[...asked].join(' and ')} are asked for`,
      {
        hint: 'with profile kubeadm set keys to one algorithm, or use profile strict',
      },
    );
  }
  return plan;
}

/** Up to 1.30 the clients in kubeconfigs are RSA-2048 whatever else is (kubernetes/kubeadm#3072). */
function oldKubeconfigKeys(plan: Plan): Plan {
  if (atLeast(plan.cluster.version, '1.31.0')) return plan;
  return mapLeaves(plan, (leaf) => (leaf.kubeconfig === undefined ? leaf : { ...leaf, keys: 'rsa-2048' }));
}

/** All control planes have the keys of all authorities, of etcd's where they run etcd themselves (kubernetes cmd/kubeadm/app/phases/copycerts/copycerts.go). */
function sharedAuthorities(plan: Plan): Plan {
  const stacked = isEtcdStacked(plan.cluster);
  const uses = ['cluster/client', 'front-proxy/client', ...(stacked ? ['etcd/server'] : [])];
  const reads = uses
    .filter((use) => plan.uses[use] !== undefined)
    .flatMap((of) => [
      { of, part: 'trust' as const },
      { of, part: 'key' as const },
    ]);
  return mapLeaves(plan, (leaf) => (leaf.name === 'apiserver' ? { ...leaf, reads: [...leaf.reads, ...reads] } : leaf));
}

function mapLeaves(plan: Plan, change: (leaf: LeafSpec) => LeafSpec): Plan {
  return { ...plan, specs: plan.specs.map((spec) => (spec.kind === 'leaf' ? change(spec) : spec)) };
}
