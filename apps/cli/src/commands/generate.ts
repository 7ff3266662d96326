import { type Credential, existingTree, openOutput, type Plan, type Problem, type Survey, survey } from '@kubepki/core';
import type { Verified } from '@kubepki/verify';
import { type Book, openBook } from '../book.ts';
import { careOf } from '../care.ts';
import { loadCluster, readGiven } from '../cluster.ts';
import { signedElsewhere } from '../config/absent-keys.ts';
import { make } from '../make.ts';
import type { Context } from '../make-context.ts';
import { nextSteps } from '../next.ts';
import type { Args } from '../options.ts';
import type { Step } from '../result.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';

/** What a run of `generate` did, or with --dry-run would do. */
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
  readonly care: readonly Problem[];
  readonly next: readonly Step[];
};

/** Makes what is missing and keeps what fits. @throws PkiError; then nothing was changed */
export async function generate(args: Args, session: Session): Promise<Generated> {
  const cluster = await loadCluster(args);
  const given = readGiven(cluster);
  const output = openOutput({ folder: args.output, write: !args.dryRun });
  try {
    const apart = args.authorityKeys === undefined ? {} : { apart: args.authorityKeys };
    const there = existingTree({ output, emitters: cluster.emitters, given, ...apart });
    const existing = cluster.issuers === undefined ? there : signedElsewhere(there);
    const now = session.now();
    const found = await survey({ ...cluster, existing, output, now, apart: args.authorityKeys !== undefined });
    const works = !args.dryRun && !found.idle;
    const context = { cluster, args, output, existing, found, now, session };
    const { book, verified } = works ? await make(context) : { book: await look(context) };
    const result = { args, cluster, survey: found, book, now, before: output };
    return {
      plan: cluster.plan,
      folder: shown(output.folder),
      generation: works ? output.next : output.generation,
      dryRun: args.dryRun,
      survey: found,
      book,
      ...(verified === undefined ? {} : { verified }),
      care: careOf(result),
      next: works ? nextSteps(result) : [],
    };
  } finally {
    output.close();
  }
}

/** What is there already; what is still to be made is not in it. */
async function look({ cluster, output, existing }: Context): Promise<Book> {
  const book = openBook(output.entries.values());
  for (const spec of cluster.plan.specs) {
    if (spec.kind === 'authority') book.add({ ...(await existing.find(spec)), spec, made: false } satisfies Credential);
  }
  return book;
}
