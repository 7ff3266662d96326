import {
  atLeast,
  type Cluster,
  client,
  controlPlanes,
  defineComponent,
  type Parsed,
  parseDuration,
  type SpecInput,
  textField,
} from '@kubepki/core';
import { z } from 'zod';

const admins = 'kubeadm:cluster-admins';

const lifeField = textField(
  (text): Parsed<number | 'leaves'> => (text === 'leaves' ? { ok: true, value: text } : parseDuration(text)),
);

/**
 * The administrator, whose group a binding makes powerful and can make powerless again, and the super
 * administrator, whom nothing can stop: `system:masters` passes every authorizer (KEP-4214).
 */
export const admin = defineComponent({
  name: 'admin',
  options: z.strictObject({
    perControlPlane: z
      .boolean()
      .default(false)
      .describe('One for each control plane, on it, and the super administrator on the first.'),
    superAdminValidity: lifeField
      .prefault('30d')
      .describe('How long the super administrator lives; leaves: as long as all other leaves.'),
  }),
  *plan(cluster, { perControlPlane, superAdminValidity }) {
    const nodes = perControlPlane ? controlPlanes(cluster).map(({ name }) => ({ node: name })) : [{}];
    for (const place of nodes) yield administrator(cluster, place);
    // The split came with 1.29 (kubernetes/kubernetes#121305).
    if (!atLeast(cluster.version, '1.29.0')) return;
    yield client({
      name: 'super-admin',
      ...nodes[0],
      ...person,
      commonName: 'kubernetes-super-admin',
      organizations: ['system:masters'],
      ...(superAdminValidity === 'leaves' ? {} : { validity: superAdminValidity }),
    });
  },
});

const person = {
  issuer: 'cluster/client',
  person: true,
  connects: [{ to: 'apiserver', at: 'endpoint' }],
  kubeconfig: { credentials: 'embedded' },
} as const;

function administrator(cluster: Cluster, place: { readonly node?: string }): SpecInput {
  const split = atLeast(cluster.version, '1.29.0');
  return client({
    name: 'admin',
    ...place,
    ...person,
    commonName: 'kubernetes-admin',
    organizations: [split ? admins : 'system:masters'],
    bindings: split ? [{ binding: admins, clusterRole: 'cluster-admin', to: { kind: 'Group', name: admins } }] : [],
  });
}
