import { type Layout, type Lying, PkiError, type Plan } from '@kubepki/core';
import { type Context, ownersIn, sourcesIn } from './context.ts';
import type { FilesInput } from './report.ts';
import { signingFiles } from './signing.ts';

/** Looks at all that lies in a tree, and at what its manifest and its plan say. */
export async function makeContext(
  { view, emitters, layout, kept = new Set(), now = new Date() }: FilesInput,
  turn: () => Promise<void> | undefined,
): Promise<Context> {
  const { plan, entries } = view;
  if (plan === undefined) {
    throw new PkiError('TREE_EMPTY', 'there is no PKI to verify yet', { hint: '`kubepki generate` makes one' });
  }
  const lying = new Map<string, Lying>();
  for (const it of view.contents()) {
    lying.set(it.path, it);
    await turn();
  }
  const specs = new Map(plan.specs.map((spec) => [spec.id, spec]));
  return {
    view,
    plan,
    now,
    layout,
    specs,
    lying,
    readers: new Map(emitters.map((emitter) => [emitter.name, emitter])),
    isKept: (id) => kept.has(id),
    owners: ownersIn(entries.values()),
    sources: sourcesIn(entries.values(), specs),
    signing: signingFiles({ plan, layout, entries: entries.values() }),
    kubeconfigs: layout === undefined ? new Map() : kubeconfigsOf(plan, layout),
  };
}

function kubeconfigsOf(plan: Plan, layout: Layout): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const spec of plan.specs) {
    if (spec.kind !== 'leaf' || spec.kubeconfig === undefined) continue;
    const path = layout.path({ spec, part: 'kubeconfig' }, plan);
    if (path !== undefined) found.set(path, spec.id);
  }
  return found;
}
