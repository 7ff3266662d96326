import { PkiError, type Problem } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { sha256 } from './tree/read.ts';
import type { TreeView } from './tree/tree.ts';

/** The files of a generation that somebody changed since it was written, by path. One that is gone was not changed. */
export function editsIn(view: TreeView): readonly string[] {
  const edited: string[] = [];
  for (const { path, sha256: written } of view.entries.values()) {
    const found = written === undefined ? undefined : hashIn(view, path);
    if (found !== undefined && found !== written) edited.push(path);
  }
  return edited;
}

function hashIn(view: TreeView, path: string): string | undefined {
  if (view.hash !== undefined) return view.hash(path);
  return view.has(path) ? sha256(Buffer.from(view.read(path))) : undefined;
}

/** Stops a run over a generation of which somebody changed files. @throws PkiError FILES_CHANGED with each of them */
export function refuseEdits(view: TreeView, edits: readonly string[] = editsIn(view)): void {
  if (edits.length === 0) return;
  throw changed(view, {
    problems: edits.map((where) => ({ where, message: 'its content is not what was written' })),
    hint: 'bring back what was there, or take --discard-edits: what such a file held is written again, or made anew',
  });
}

/**
 * The generation without the files that somebody changed, as if they were gone: what they held is read from its other
 * copies, or is made again.
 * @throws PkiError FILES_CHANGED where that would be the key of an authority or of service accounts, of which a copy
 * never takes the place
 */
export function withoutEdits<View extends TreeView>(view: View, edits: readonly string[] = editsIn(view)): View {
  if (edits.length === 0) return view;
  const gone = new Set(edits);
  const problems = edits.flatMap((path) => sourceKeysIn(path, view));
  if (problems.length > 0) {
    throw changed(view, {
      problems,
      hint: 'bring it back from a backup or an older generation; no flag makes such a key again, since all that it signed would be lost',
    });
  }
  const without = {
    has: (path: string) => !gone.has(path) && view.has(path),
    ...(view.hash ? { hash: (path: string) => (gone.has(path) ? undefined : view.hash?.(path)) } : {}),
  };
  const entries = new Map([...view.entries].filter(([path]) => !gone.has(path)));
  return { ...view, ...without, entries };
}

/** The key pairs of authorities and service accounts whose own file, not a copy, is at a path. */
function sourceKeysIn(path: string, { entries, plan }: TreeView): readonly Problem[] {
  return (entries.get(path)?.holds ?? []).flatMap(({ id, part }) => {
    if (part !== 'key' || !isSource(id, plan)) return [];
    const own = [...entries.values()].find(({ holds }) => holds.some((held) => held.id === id && held.part === 'key'));
    return own?.path === path
      ? [{ where: path, message: `it holds the key of ${id}, and is not what was written` }]
      : [];
  });
}

function isSource(id: string, plan: Plan | undefined): boolean {
  return plan?.specs.some((spec) => spec.id === id && (spec.kind === 'authority' || spec.kind === 'keypair')) ?? false;
}

function changed(
  { generation }: TreeView,
  { problems, hint }: { readonly problems: readonly Problem[]; readonly hint: string },
): PkiError {
  const files = problems.length === 1 ? '1 file was' : `${problems.length} files were`;
  return new PkiError('FILES_CHANGED', `${files} changed since kubepki wrote generation ${generation}`, {
    problems,
    hint,
  });
}
