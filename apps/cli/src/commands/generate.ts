import type { Credential, Plan, Problem, Survey } from '@kubepki/core';
import type { Verified } from '@kubepki/verify';
import { type Book, openBook } from '../book.ts';
import { careOf } from '../care.ts';
import { type Made, make } from '../make.ts';
import type { Context } from '../make-context.ts';
import { nextSteps } from '../next.ts';
import { withRun } from '../open-run.ts';
import type { Args } from '../options.ts';
import type { Step } from '../result.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';
import { type Upkeep, withUpkeep } from '../upkeep.ts';

/** What a run of `generate` or `renew` did, or with --dry-run would do. */
export type Generated = {
  readonly plan: Plan;
  /** The output folder, and its generation that is current now. */
  readonly folder: string;
  readonly generation: number;
  readonly dryRun: boolean;
  readonly survey: Survey;
  /** What is known of each credential now. */
  readonly book: Book;
  /** What was verified before it became current; missing where nothing was made, or where that was left out. */
  readonly verified?: Verified;
  /** The files whose edits were not kept. */
  readonly discarded: readonly string[];
  /** What was done beside the generation. */
  readonly upkeep: Upkeep;
  readonly care: readonly Problem[];
  readonly next: readonly Step[];
};

/** Makes what is missing and keeps what fits. @throws PkiError; then nothing was changed */
export async function generate(args: Args, session: Session): Promise<Generated> {
  return withRun({ args, session }, async (run) => carryOut({ ...run, found: await run.survey(run.cluster) }));
}

/** Does what a survey found to do, unless it is a dry run, and says what follows from it. */
export async function carryOut(context: Context): Promise<Generated> {
  const { cluster, args, output, found, edits = [], now } = context;
  const works = !args.dryRun && !found.idle;
  const work = async (): Promise<Made> => (works ? make(context) : { book: await look(context) });
  const { book, verified, upkeep } = await withUpkeep({ args, output, found, works }, work);
  const result = { args, cluster, survey: found, book, now, before: output };
  return {
    plan: cluster.plan,
    folder: shown(output.folder),
    generation: works ? output.next : output.generation,
    dryRun: args.dryRun,
    survey: found,
    book,
    ...(verified === undefined ? {} : { verified }),
    discarded: edits.map(({ path }) => path),
    upkeep,
    care: [...careOf(result), ...upkeep.problems],
    next: works ? nextSteps(result) : [],
  };
}

/** What is there already; what is still to be made is not in it. */
async function look({ cluster, output, existing }: Context): Promise<Book> {
  const book = openBook(output.entries.values());
  for (const spec of cluster.plan.specs) {
    if (spec.kind !== 'authority' && spec.kind !== 'keypair') continue;
    book.add({ ...(await existing.find(spec)), spec, made: false } satisfies Credential);
  }
  return book;
}
