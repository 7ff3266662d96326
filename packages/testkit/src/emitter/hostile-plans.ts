import { createHash } from 'node:crypto';
import { idOf, type Layout, type LeafSpec, type Plan, type Spec } from '@kubepki/core';

/** A plan with a name that no plan should have, and the ids that its specs had before. */
export type HostilePlan = { readonly plan: Plan; original(id: string): string };

/** A plan with a name at each place that has one, as if it had passed all checks. */
export function hostilePlans(plan: Plan, name: string): Readonly<Record<string, HostilePlan>> {
  const { cluster } = plan;
  const [first, ...nodes] = cluster.nodes;
  const leaves = (change: (leaf: LeafSpec) => Partial<LeafSpec>) =>
    hostile(plan, { spec: (spec) => (spec.kind === 'leaf' ? { ...spec, ...change(spec) } : spec) });
  return {
    'the cluster': hostile(plan, { plan: { ...plan, cluster: { ...cluster, name } } }),
    'the endpoint': hostile(plan, { plan: { ...plan, cluster: { ...cluster, endpoint: { host: name } } } }),
    'the node': hostile(plan, {
      plan: { ...plan, cluster: { ...cluster, nodes: first ? [{ ...first, name }, ...nodes] : [] } },
      spec: (spec) => ('node' in spec && spec.node === first?.name ? { ...spec, node: name } : spec),
    }),
    'the name': hostile(plan, { spec: (spec) => (spec.name === 'sample/hook' ? { ...spec, name } : spec) }),
    "the Secret's namespace": leaves(({ secret }) => (secret ? { secret: { ...secret, namespace: name } } : {})),
    "the Secret's name": leaves(({ secret }) => (secret ? { secret: { ...secret, name } } : {})),
    'the identity': leaves(({ bindings }) => ({
      commonName: name,
      organizations: [name],
      bindings: bindings.slice(0, 1).map(({ to }) => ({ binding: name, clusterRole: name, to: { ...to, name } })),
    })),
  };
}

function hostile(
  before: Plan,
  { plan = before, spec = (each) => each }: { readonly plan?: Plan; spec?(each: Spec): Spec },
): HostilePlan {
  const specs = plan.specs
    .map(spec)
    .map((each) => ({ ...each, id: idOf(each.name, 'node' in each ? each.node : undefined) }));
  const ids = new Map(specs.map(({ id }, index) => [id, before.specs[index]?.id ?? id]));
  return { plan: { ...plan, specs }, original: (id) => ids.get(id) ?? id };
}

/** A layout in whose paths no name stands, so that what an emitter does of itself shows. */
export const opaqueLayout: Layout = {
  path: ({ spec, part }) => `files/${short(spec.id)}.${part}`,
  shared: ({ node, use, part }) => `files/${short(`${node} ${use}`)}.shared-${part}`,
  installed: (path) => `/opt/${path}`,
  folderMode: () => 0o700,
};

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
