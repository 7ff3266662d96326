import { lookup } from './lookup.ts';
import type { Plan, Uses } from './plan.ts';
import type { AuthoritySpec, LeafSpec, Spec, Use } from './spec.ts';

/** A table of uses, made from the one that the components' authorities and key pairs declare. */
export type UsesTable = (declared: Uses) => Uses;

/** The table that the specs themselves declare: each use is served by the one that says so. */
export function declaredUses(specs: readonly Spec[]): Uses {
  const uses: Record<string, { signs: string; trusts: string[] }> = {};
  for (const spec of specs) {
    if (spec.kind !== 'authority' && spec.kind !== 'keypair') continue;
    for (const use of spec.serves) uses[use] ??= { signs: spec.name, trusts: [spec.name] };
  }
  return uses;
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

/** The authority that signs a leaf or an authority; undefined for one that signs itself. */
export function authorityOf(plan: Plan, spec: LeafSpec | AuthoritySpec): AuthoritySpec | undefined {
  if (spec.issuer === undefined) return undefined;
  const source = lookup(plan).sources.get(signerOf(plan.uses, spec.issuer) ?? '');
  return source?.kind === 'authority' ? source : undefined;
}
