import { needsOfRef } from '../plan/needs.ts';
import type { Plan } from '../plan/plan.ts';
import type { LeafSpec, Use } from '../plan/spec.ts';
import type { Artifact, Layout } from './file.ts';

/** A process that reads files which were written anew, and whether it takes them up by itself. */
export type Affected = {
  readonly node: string;
  readonly process: string;
  /** `rereads`: within minutes, by itself. `restart`: only when it starts. */
  readonly how: 'rereads' | 'restart';
  /** The files, as paths in the tree. */
  readonly files: readonly string[];
};

/**
 * The processes that read any of the files written, node by node in plan order. A process that has to be restarted
 * for one file has to be restarted.
 */
export function affectedBy(
  written: ReadonlySet<string>,
  { plan, layout }: { readonly plan: Plan; readonly layout: Layout },
): readonly Affected[] {
  const found = new Map<string, Affected>();
  for (const leaf of plan.specs) {
    if (leaf.kind !== 'leaf' || leaf.node === undefined || leaf.process === undefined) continue;
    for (const { path, how } of filesOf(leaf, { plan, layout })) {
      if (path === undefined || !written.has(path)) continue;
      const key = `${leaf.node} ${leaf.process}`;
      const known = found.get(key) ?? { node: leaf.node, process: leaf.process, how, files: [] };
      found.set(key, {
        ...known,
        how: known.how === 'restart' ? 'restart' : how,
        files: known.files.includes(path) ? known.files : [...known.files, path],
      });
    }
  }
  return [...found.values()];
}

type Read = { readonly path: string | undefined; readonly how: Affected['how'] };

/** The files that a leaf's process reads, its own and those that it shares. */
function* filesOf(leaf: LeafSpec, { plan, layout }: { readonly plan: Plan; readonly layout: Layout }): Generator<Read> {
  const own = (part: Artifact['part']) => layout.path({ spec: leaf, part }, plan);
  // A kubeconfig is read once, at the start, whatever becomes of the files that it names.
  yield { path: own('kubeconfig'), how: 'restart' };
  for (const part of ['certificate', 'key', 'pem'] as const) yield { path: own(part), how: leaf.reload };
  for (const ref of [...Object.values(leaf.flags), ...leaf.reads]) {
    if (typeof ref === 'string') continue;
    const how = ref.rereads ? 'rereads' : 'restart';
    for (const need of needsOfRef(plan, { leaf, ref })) {
      yield { path: layout.shared({ ...need, node: leaf.node }, plan), how };
    }
  }
  // Who accepts clients reads their trust, also where no flag or setting names that file.
  for (const use of leaf.accepts) {
    const path = layout.shared({ use, part: 'trust', node: leaf.node }, plan);
    yield { path, how: readAgain(leaf, use) ? 'rereads' : 'restart' };
  }
}

function readAgain({ flags, reads }: LeafSpec, use: Use): boolean {
  return [...Object.values(flags), ...reads].some(
    (ref) => typeof ref !== 'string' && ref.part === 'trust' && ref.of === use && ref.rereads === true,
  );
}
