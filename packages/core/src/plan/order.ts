import type { Cluster } from '../cluster/cluster.ts';
import type { Uses } from './plan.ts';
import { type AuthoritySpec, nodeOf, type Spec } from './spec.ts';

/**
 * Orders specs: authorities with issuers first, key pairs, what belongs to the cluster, then node by
 * node in the cluster's order. Within each the components' order stays. Specs of unknown nodes come last.
 */
export function order(
  specs: readonly Spec[],
  { cluster, uses }: { readonly cluster: Cluster; readonly uses: Uses },
): readonly Spec[] {
  const byNode = new Map<string | undefined, Spec[]>([[undefined, []]]);
  for (const node of cluster.nodes) byNode.set(node.name, []);
  for (const spec of specs) {
    if (spec.kind === 'authority' || spec.kind === 'keypair') continue;
    const node = nodeOf(spec);
    const part = byNode.get(node);
    if (part === undefined) byNode.set(node, [spec]);
    else part.push(spec);
  }
  const authorities = specs.filter((spec) => spec.kind === 'authority');
  return [
    ...issuersFirst(authorities, uses),
    ...specs.filter((spec) => spec.kind === 'keypair'),
    ...[...byNode.values()].flat(),
  ];
}

/** The authorities that sign each other in a circle; empty where none do. */
export function circle(authorities: readonly AuthoritySpec[], uses: Uses): readonly AuthoritySpec[] {
  const byName = new Map(authorities.map((authority) => [authority.name, authority]));
  for (const start of authorities) {
    const path = [start];
    let issuer = byName.get(issuerName(start, uses) ?? '');
    while (issuer !== undefined) {
      if (path.includes(issuer)) return path;
      path.push(issuer);
      issuer = byName.get(issuerName(issuer, uses) ?? '');
    }
  }
  return [];
}

function issuersFirst(authorities: readonly AuthoritySpec[], uses: Uses): readonly AuthoritySpec[] {
  if (circle(authorities, uses).length > 0) return authorities;
  const byName = new Map(authorities.map((authority) => [authority.name, authority]));
  const depth = (authority: AuthoritySpec): number => {
    const issuer = byName.get(issuerName(authority, uses) ?? '');
    return issuer === undefined ? 0 : depth(issuer) + 1;
  };
  return [...authorities].sort((a, b) => depth(a) - depth(b));
}

function issuerName(authority: AuthoritySpec, uses: Uses): string | undefined {
  return authority.issuer === undefined ? undefined : uses[authority.issuer]?.signs;
}
