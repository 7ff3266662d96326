import { type Entry, type Layout, type LeafSpec, needsOf, type Plan } from '@kubepki/core';
import { folderOfNode } from './context.ts';

type Where = { readonly plan: Plan; readonly layout: Layout | undefined; readonly entries: Iterable<Entry> };

/** The files of certificates that processes sign with, by path, with the process's name. */
export function signingFiles({ plan, layout, entries }: Where): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const byNode = new Map<string, string>();
  for (const leaf of plan.specs) {
    if (leaf.kind !== 'leaf' || leaf.node === undefined) continue;
    for (const use of signsUnder(plan, leaf)) {
      const process = leaf.process ?? leaf.id;
      byNode.set(`${leaf.node} ${plan.uses[use]?.signs}`, process);
      const path = layout?.shared({ use, part: 'certificate', node: leaf.node }, plan);
      if (path !== undefined) files.set(path, process);
    }
  }
  return layout === undefined ? guessed(entries, byNode) : files;
}

function signsUnder(plan: Plan, leaf: LeafSpec): readonly string[] {
  return needsOf(plan, leaf).flatMap(({ use, part }) => (part === 'certificate' ? [use] : []));
}

/** Without a layout: an authority's certificate in the folder of a node where a process signs with that. */
function guessed(entries: Iterable<Entry>, byNode: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { path, holds } of entries) {
    const [held, more] = holds;
    const node = folderOfNode(path);
    const process = held?.part === 'certificate' && more === undefined ? byNode.get(`${node} ${held.id}`) : undefined;
    if (process !== undefined) files.set(path, process);
  }
  return files;
}
