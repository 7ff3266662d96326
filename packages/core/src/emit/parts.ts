import { hash } from 'node:crypto';
import type { Plan } from '../plan/plan.ts';
import { nodeOf, type Spec } from '../plan/spec.ts';
import type { File, Part } from './file.ts';

/** A plan's parts: the cluster's own specs, then each node's. Part by part is how all is emitted. */
export function* parts(plan: Plan): Generator<Part> {
  let part: Spec[] = [];
  let node: string | undefined;
  for (const spec of plan.specs) {
    const its = nodeOf(spec);
    if (its !== node) {
      yield makePart(node, part);
      part = [];
      node = its;
    }
    part.push(spec);
  }
  yield makePart(node, part);
}

function makePart(node: string | undefined, specs: readonly Spec[]): Part {
  return node === undefined ? { specs } : { node, specs };
}

/** SHA-256 over a file's own fields: two files with the same are alike but for what they hold. */
export function fieldsHash(emitter: string, file: File): string {
  return hash('sha256', JSON.stringify([emitter, file]), 'hex');
}
