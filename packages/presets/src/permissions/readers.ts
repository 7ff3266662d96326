import { type Holding, type LeafSpec, needsOfRef, type Part, type Plan } from '@kubepki/core';

/** Finds the processes of a node that are told to read a private or public key, by what they are told alone. */
export type Readers = (holding: Holding) => readonly string[];

/**
 * Who reads which keys on a part's node. A key that only lies there, as the copies of authorities' keys on kubeadm's
 * control planes, is read by nobody.
 */
export function readersIn({ specs }: Part, plan: Plan): Readers {
  const readers = new Map<string, Set<string>>();
  for (const leaf of specs) {
    if (leaf.kind !== 'leaf' || leaf.process === undefined) continue;
    for (const read of [`key ${leaf.id}`, ...sharedKeys(leaf, plan)])
      readers.set(read, (readers.get(read) ?? new Set()).add(leaf.process));
  }
  return ({ id, part }) => [...(readers.get(`${part} ${id}`) ?? [])];
}

function sharedKeys(leaf: LeafSpec, plan: Plan): readonly string[] {
  const refs = Object.values(leaf.flags).filter((ref) => typeof ref !== 'string');
  const needs = refs.flatMap((ref) => needsOfRef(plan, { leaf, ref }));
  return needs.flatMap(({ use, part }) => {
    const { signs, trusts = [] } = plan.uses[use] ?? {};
    if (part === 'public') return trusts.map((id) => `public ${id}`);
    return part === 'key' && signs !== undefined ? [`key ${signs}`] : [];
  });
}
