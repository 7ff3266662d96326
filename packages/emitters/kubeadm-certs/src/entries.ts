import {
  etcdClientOf,
  type Holding,
  isEtcdStacked,
  isKeyless,
  PkiError,
  type Plan,
  signingFirst,
  type Use,
} from '@kubepki/core';

/** A key of the Secret, and what it holds, joined. Nothing: it is empty, which kubeadm passes over. */
export type CertsEntry = { readonly name: string; readonly holds: readonly Holding[] };

/** All that the Secret holds, and the node whose credential is in it. */
export type Certs = { readonly entries: readonly CertsEntry[]; readonly node?: string };

/**
 * What kubeadm shares among control planes, under its names; undefined: there is no authority for clients.
 * @throws PkiError KUBEADM_CERTS_AUTHORITIES where kubeadm has one authority and the plan several
 */
export function certsOf(plan: Plan): Certs | undefined {
  if (plan.uses['cluster/client'] === undefined) return undefined;
  checkAuthorities(plan);
  const shared = [
    ...pair(plan, { use: 'cluster/client', name: 'ca' }),
    ...pair(plan, { use: 'front-proxy/client', name: 'front-proxy-ca' }),
    { name: 'sa.pub', holds: signingFirst(plan.uses, 'sa').map((id): Holding => ({ id, part: 'public' })) },
    {
      name: 'sa.key',
      holds: signingFirst(plan.uses, 'sa')
        .map((id): Holding => ({ id, part: 'key' }))
        .slice(0, 1),
    },
  ];
  // To kubeadm etcd is external wherever it does not run beside the API server.
  const stacked = isEtcdStacked(plan.cluster);
  if (stacked) return { entries: [...shared, ...pair(plan, { use: 'etcd/server', name: 'etcd-ca' })] };
  const client = etcdClientOf(plan);
  const own = (part: Holding['part']): readonly Holding[] => (client === undefined ? [] : [{ id: client.id, part }]);
  const entries = [
    ...shared,
    { name: 'external-etcd-ca.crt', holds: certificates(plan, 'etcd/server') },
    { name: 'external-etcd.crt', holds: own('certificate') },
    { name: 'external-etcd.key', holds: own('key') },
  ];
  return { entries, ...(client?.node === undefined ? {} : { node: client.node }) };
}

/** An authority's certificate and its key, which is empty where somebody else keeps it. */
function pair(plan: Plan, { use, name }: { readonly use: Use; readonly name: string }): readonly CertsEntry[] {
  const id = plan.uses[use]?.signs;
  const spec = plan.specs.find((one) => one.id === id);
  const keyless = spec !== undefined && isKeyless(spec);
  return [
    { name: `${name}.crt`, holds: certificates(plan, use) },
    { name: `${name}.key`, holds: id === undefined || keyless ? [] : [{ id, part: 'key' }] },
  ];
}

function certificates(plan: Plan, use: Use): readonly Holding[] {
  return signingFirst(plan.uses, use).map((id) => ({ id, part: 'certificate' }));
}

const alike: readonly (readonly Use[])[] = [
  ['cluster/client', 'cluster/server'],
  ['etcd/server', 'etcd/client', 'etcd/peer'],
];

function checkAuthorities({ uses }: Plan): void {
  for (const group of alike) {
    const signers = new Set(group.flatMap((use) => uses[use]?.signs ?? []));
    if (signers.size < 2) continue;
    const names = [...signers].join(' and ');
    throw new PkiError('KUBEADM_CERTS_AUTHORITIES', `emitter kubeadm-certs: for ${group.join(' and ')} sign ${names}`, {
      hint: 'kubeadm knows one authority for these; give them one in `authorities`, or leave the emitter out',
    });
  }
}
