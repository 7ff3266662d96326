import type { Problem } from '../error.ts';
import { problemOf } from '../plan/finding.ts';
import { needsOfRef } from '../plan/needs.ts';
import type { Plan } from '../plan/plan.ts';
import type { FileRef, LeafSpec } from '../plan/spec.ts';
import type { Layout } from './file.ts';

/** What a process on a node is told of its certificates: command-line flags, and settings of its configuration file. */
export type Process = {
  readonly node: string;
  readonly process: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
};

type Draft = { flags: Record<string, string>; settings: Record<string, string> };

/**
 * Each process's flags and settings, with the files as they lie on its node; where the tree is not laid
 * out as nodes are, the files' paths in the tree. In plan order.
 */
export function processes(
  plan: Plan,
  layout: Layout,
): { readonly processes: readonly Process[]; readonly problems: readonly Problem[] } {
  const drafts = new Map<string, Draft & { node: string; process: string }>();
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const leaf of plan.specs) {
    if (leaf.kind !== 'leaf' || leaf.node === undefined || leaf.process === undefined) continue;
    const key = `${leaf.node} ${leaf.process}`;
    const draft = drafts.get(key) ?? { node: leaf.node, process: leaf.process, flags: {}, settings: {} };
    drafts.set(key, draft);
    for (const [name, ref] of Object.entries(leaf.flags)) {
      const value = typeof ref === 'string' ? ref : flagPath(plan, { layout, leaf, ref });
      if (value === undefined) continue;
      const into = name.startsWith('--') ? draft.flags : draft.settings;
      const other = into[name];
      const owner = owners.get(`${key} ${name}`);
      into[name] = value;
      owners.set(`${key} ${name}`, leaf.component);
      if (other === undefined || other === value) continue;
      problems.push(
        problemOf(leaf, {
          message: `${leaf.process} cannot have ${name} both as ${other} and as ${value}; the first is by component ${owner}`,
          hint: 'a flag has one value: leave it out of one of the two, or leave one component out',
        }),
      );
    }
  }
  return { processes: [...drafts.values()], problems };
}

function flagPath(
  plan: Plan,
  { layout, leaf, ref }: { readonly layout: Layout; readonly leaf: LeafSpec; readonly ref: FileRef },
): string | undefined {
  const path = treePath(plan, { layout, leaf, ref });
  return path === undefined ? undefined : (layout.installed(path) ?? path);
}

function treePath(
  plan: Plan,
  { layout, leaf, ref }: { readonly layout: Layout; readonly leaf: LeafSpec; readonly ref: FileRef },
): string | undefined {
  if (ref.of === undefined && ref.part !== 'trust') return layout.path({ spec: leaf, part: ref.part }, plan);
  const [need] = needsOfRef(plan, { leaf, ref });
  return need && layout.shared({ ...need, node: leaf.node }, plan);
}
