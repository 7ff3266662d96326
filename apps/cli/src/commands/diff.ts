import type { Affected, Problem, Survey } from '@kubepki/core';
import { openBook } from '../book.ts';
import { type Difference, differencesOf } from '../differences.ts';
import { dueLeaves } from '../due.ts';
import { lostGroups } from '../lost-groups.ts';
import { byEdit, type OpenRun, withRun } from '../open-run.ts';
import type { Args } from '../options.ts';
import { affectedRunning } from '../running.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';

/** What `generate` would do, and what else a person would want to know of the tree. */
export type Diff = {
  readonly cluster: string;
  readonly folder: string;
  /** The current generation; 0: there is none. */
  readonly generation: number;
  /** What would be made or left out, in plan order. */
  readonly changes: readonly Difference[];
  readonly survey: Survey;
  /** What `renew` would make again. */
  readonly due: readonly { readonly id: string; readonly notAfter: Date }[];
  /** The files that somebody changed, by which `generate` is stopped. */
  readonly edited: readonly string[];
  /** Whether there is something to do beside what the edits cause. */
  readonly changed: boolean;
  readonly affected: readonly Affected[];
  readonly care: readonly Problem[];
};

/** Compares the cluster file with what is there, as `generate` does, and writes nothing. @throws PkiError for what stops `generate` */
export async function diff(args: Args, session: Session): Promise<Diff> {
  return withRun({ args, session, looks: true }, async (run) => {
    const { cluster, output, edits, now } = run;
    const survey = await run.survey(cluster);
    const made = new Set(survey.makes.map(({ id }) => id));
    const book = openBook(output.entries.values());
    const due = dueLeaves(cluster.plan, { ...book, now, before: cluster.renewBefore });
    return {
      cluster: cluster.plan.cluster.name,
      folder: shown(output.folder),
      generation: output.generation,
      changes: differencesOf({ cluster, survey, output, book }),
      survey,
      due: due
        .filter(({ spec }) => !made.has(spec.id) && spec.renews !== 'itself')
        .map(({ spec, notAfter }) => ({ id: spec.id, notAfter })),
      edited: edits.map(({ path }) => path),
      changed: isChanged(survey, run),
      affected: affectedRunning({ cluster, survey, before: output }),
      care: [...lostGroups({ args, cluster, survey })],
    };
  });
}

/** Whether `generate` would do anything. */
export function wouldChange({ changed }: Diff): boolean {
  return changed;
}

/** What follows from edits alone is no change of the plan's: without them nothing of it would be done. */
function isChanged({ idle, makes, writes, drops, samePlan }: Survey, { output, edits }: OpenRun): boolean {
  if (edits.length === 0) return !idle;
  const edited = new Set(edits.map(({ path }) => path));
  const others = makes.filter(({ reasons }) => !reasons.includes(byEdit));
  const remade = new Set(makes.flatMap(({ id, reasons }) => (reasons.includes(byEdit) ? [id] : [])));
  const otherFiles = writes.filter(
    (path) => !edited.has(path) && !output.entries.get(path)?.holds.some(({ id }) => remade.has(id)),
  );
  return others.length + otherFiles.length + drops.filter((path) => !edited.has(path)).length > 0 || !samePlan;
}
