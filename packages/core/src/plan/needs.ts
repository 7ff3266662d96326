import { trustUses } from './connections.ts';
import type { Plan } from './plan.ts';
import type { FileRef, LeafSpec, Use } from './spec.ts';

/** A file that a process shares with others: what is trusted or signed with under a use. */
export type Need = { readonly use: Use; readonly part: 'trust' | 'certificate' | 'key' | 'public' };

/**
 * The shared files that a leaf's process reads: the trust of the clients it accepts and, where it says
 * so, of the servers it connects to; an authority's pair that it signs with; service-account keys. Each once.
 */
export function needsOf(plan: Plan, leaf: LeafSpec): readonly Need[] {
  const refs = [...Object.values(leaf.flags), ...leaf.reads].filter((ref) => typeof ref !== 'string');
  const needs = [
    ...leaf.accepts.map((use): Need => ({ use, part: 'trust' })),
    ...refs.flatMap((ref) => needsOfRef(plan, { leaf, ref })),
  ];
  const seen = new Set<string>();
  return needs.filter(({ use, part }) => !seen.has(`${part} ${use}`) && seen.add(`${part} ${use}`));
}

/** The shared files behind one flag or setting; none for a file of the leaf's own. */
export function needsOfRef(
  plan: Plan,
  { leaf, ref }: { readonly leaf: LeafSpec; readonly ref: FileRef },
): readonly Need[] {
  const { part, of, to } = ref;
  if (part === 'kubeconfig' || part === 'pem') return [];
  if (of !== undefined) return [{ use: of, part }];
  if (part !== 'trust') return [];
  return trustUses(plan, { client: leaf, to }).map((use) => ({ use, part }));
}
