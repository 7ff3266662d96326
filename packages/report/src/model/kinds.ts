import { nodeOf, type Plan, type Spec } from '@kubepki/core';
import { groupBy } from '../text/group.ts';

/** Nodes that are alike: of the same roles, with the same credentials for the same connections. */
export type NodeKind = {
  readonly key: string;
  readonly roles: readonly string[];
  readonly nodes: readonly string[];
  /** The specs of all its nodes. */
  readonly specs: readonly Spec[];
};

/** So many kinds are drawn apart; of more, those of the same roles are one. */
const most = 8;

/** The kinds of a plan's nodes, in the order of the cluster. Nodes without anything are left out. */
export function nodeKinds(plan: Plan): readonly NodeKind[] {
  const specs = groupBy(plan.specs, (spec) => nodeOf(spec) ?? '');
  const nodes = plan.cluster.nodes.filter(({ name }) => specs.has(name));
  const rolesOf = ({ roles }: { readonly roles: readonly string[] }) => roles.join(' ');
  const exact = groupBy(nodes, (node) => `${rolesOf(node)} ${shape(specs.get(node.name) ?? [])}`);
  const kinds = exact.size <= most ? exact : groupBy(nodes, rolesOf);
  return [...kinds.values()].map((group, index) => ({
    key: `n${index}`,
    roles: group[0]?.roles ?? [],
    nodes: group.map(({ name }) => name),
    specs: group.flatMap(({ name }) => specs.get(name) ?? []),
  }));
}

/** What nodes that are alike have in common; their lives and names may differ. */
function shape(specs: readonly Spec[]): string {
  return JSON.stringify(
    specs.map((spec) =>
      spec.kind === 'leaf'
        ? [spec.name, spec.issuer, spec.usages, spec.keys, spec.process, spec.connects, spec.accepts, spec.port]
        : [spec.name],
    ),
  );
}
