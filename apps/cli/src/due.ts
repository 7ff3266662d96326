import { isDue, type LeafSpec, type Plan } from '@kubepki/core';
import type { Book } from './book.ts';

/** A leaf whose certificate is due, and when that ends. */
export type Due = { readonly spec: LeafSpec; readonly notAfter: Date };

/** The leaves of a plan that are due by what is known of their certificates, in plan order. */
export function dueLeaves(
  plan: Plan,
  { notes, now, before }: Pick<Book, 'notes'> & { readonly now: Date; readonly before: number },
): readonly Due[] {
  return plan.specs.flatMap((spec) => {
    const notAfter = notes.get(spec.id)?.notAfter;
    if (spec.kind !== 'leaf' || notAfter === undefined) return [];
    return isDue({ notAfter, life: spec.validity }, { now, before }) ? [{ spec, notAfter }] : [];
  });
}
