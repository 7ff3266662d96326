import { type Emitter, type Layout, type PlannedFile, planFiles } from '@kubepki/core';
import { type Context, nodeOfPath } from './context.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** What the plan wants of these emitters and the manifest does not name, or names in another way, and the reverse. */
export async function* checkPlanned(
  context: Context,
  {
    emitters,
    layout,
    turn,
  }: { readonly emitters: readonly Emitter[]; readonly layout: Layout; turn(): Promise<void> | undefined },
): AsyncGenerator<FileProblem> {
  const { plan, view } = context;
  const wanted = new Set<string>();
  for (const planned of planFiles({ plan, emitters, layout })) {
    await turn();
    wanted.add(planned.file.path);
    if (fits(planned, context)) continue;
    const { path } = planned.file;
    const named = view.entries.has(path) || view.links.has(path);
    const message = named
      ? 'the manifest describes it otherwise than the plan: with another mode, or holding something else'
      : 'the plan wants it, and the manifest does not name it';
    yield ofFile(path, { check: 'manifest', message, hint });
  }
  const names = new Set(emitters.map(({ name }) => name));
  for (const { path, emitter } of view.entries.values()) {
    if (!names.has(emitter) || wanted.has(path)) continue;
    const node = nodeOfPath(path, context);
    const message = 'the manifest names it, and the plan does not want it';
    yield node === undefined
      ? ofFile(path, { check: 'manifest', message, hint })
      : ofFile(path, { check: 'node', message: `${message}: ${node} is not to have it`, hint });
  }
}

const hint = 'the manifest is not of this plan: restore it from a copy';

/** Whether the manifest names a file just as it is planned. */
export function fits({ emitter, fields, file }: PlannedFile, { view }: Pick<Context, 'view'>): boolean {
  if ('link' in file) return view.links.get(file.path) === file.link;
  const entry = view.entries.get(file.path);
  return entry?.fields === fields && entry.emitter === emitter.name;
}
