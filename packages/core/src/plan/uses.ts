import { lookup } from './lookup.ts';
import type { Plan, Uses } from './plan.ts';
import type { AuthoritySpec, KeyPairSpec, LeafSpec, Spec, Use } from './spec.ts';

/** A table of uses, made from the one that the components' authorities and key pairs declare. */
export type UsesTable = (declared: Uses) => Uses;

/**
 * The table that the specs themselves declare: each use is served by the one that says so. A key pair whose private half
 * is elsewhere is trusted beside that one.
 */
export function declaredUses(specs: readonly Spec[]): Uses {
  const uses: Record<string, { signs: string; trusts: string[] }> = {};
  const sources = specs.filter((spec) => spec.kind === 'authority' || spec.kind === 'keypair');
  for (const { name, serves } of sources.filter((spec) => !isPublicAlone(spec)))
    for (const use of serves) uses[use] ??= { signs: name, trusts: [name] };
  for (const { name, serves } of sources.filter(isPublicAlone)) for (const use of serves) uses[use]?.trusts.push(name);
  return uses;
}

/** Whether of a key pair the public half alone is here. */
export function isPublicAlone(spec: Spec): spec is KeyPairSpec & { readonly publicKey: string } {
  return spec.kind === 'keypair' && spec.publicKey !== undefined;
}

/** Whether somebody else keeps the private key of an authority or of a key pair, as the plan knows it. */
export function isKeyless(spec: Spec): boolean {
  return isPublicAlone(spec) || (spec.kind === 'authority' && spec.given !== false && !spec.given.key);
}

/** The names of the authorities and key pairs that a table points to. */
export function used(uses: Uses): ReadonlySet<string> {
  return new Set(Object.values(uses).flatMap(({ signs, trusts }) => [signs, ...trusts]));
}

/** The name of the authority that signs under a use. */
export function signerOf(uses: Uses, use: Use): string | undefined {
  return uses[use]?.signs;
}

/** The names of the authorities that are trusted under any of the uses, each once. */
export function trustedBy(uses: Uses, accepted: readonly Use[]): readonly string[] {
  return [...new Set(accepted.flatMap((use) => uses[use]?.trusts ?? []))];
}

/**
 * The names of those that are trusted under a use, the one that signs before the others: of several certificates or
 * public keys in a file Kubernetes, kubeadm and Cluster API take the first for the one that signs.
 */
export function signingFirst(uses: Uses, use: Use): readonly string[] {
  const signs = signerOf(uses, use);
  return [...new Set([...(signs === undefined ? [] : [signs]), ...trustedBy(uses, [use])])];
}

/** The authority that signs a leaf or an authority; undefined for one that signs itself. */
export function authorityOf(plan: Plan, spec: LeafSpec | AuthoritySpec): AuthoritySpec | undefined {
  if (spec.issuer === undefined) return undefined;
  const source = lookup(plan).sources.get(signerOf(plan.uses, spec.issuer) ?? '');
  return source?.kind === 'authority' ? source : undefined;
}
