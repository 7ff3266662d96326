import {
  type Credential,
  type Existing,
  existingTree,
  type KeySource,
  type Output,
  openOutput,
  type Plan,
  type Problem,
  generate as run,
  type Survey,
  softwareKeys,
  stagedTree,
  survey,
} from '@kubepki/core';
import { type Book, openBook } from '../book.ts';
import { careOf } from '../care.ts';
import { type LoadedCluster, loadCluster, readGiven } from '../cluster.ts';
import { signedElsewhere } from '../config/absent-keys.ts';
import { nextSteps } from '../next.ts';
import type { Args } from '../options.ts';
import { progressBar } from '../output/progress.ts';
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
    const book = works ? await make(context) : await look(context);
    const result = { args, cluster, survey: found, book, now, before: output };
    return {
      plan: cluster.plan,
      folder: shown(output.folder),
      generation: works ? output.next : output.generation,
      dryRun: args.dryRun,
      survey: found,
      book,
      care: careOf(result),
      next: works ? nextSteps(result) : [],
    };
  } finally {
    output.close();
  }
}

type Context = {
  readonly cluster: LoadedCluster;
  readonly args: Args;
  readonly output: Output;
  readonly existing: Existing;
  readonly found: Survey;
  readonly now: Date;
  readonly session: Session;
};

async function make({ cluster, args, output, existing, found, now, session }: Context): Promise<Book> {
  const { plan, layout } = cluster;
  const { authorityKeys } = args;
  const tree = stagedTree(output, {
    cluster: plan.cluster.name,
    folderMode: layout.folderMode,
    ...(authorityKeys === undefined ? {} : { apart: authorityKeys }),
  });
  const book = openBook();
  // Keys are the slow part with RSA, and files where there are many.
  const progress = progressBar(session.stderr, found.makes.length * 2 + found.keeps);
  const { signal } = session;
  const source = counted(softwareKeys({ signal }), progress.step);
  try {
    const apart = authorityKeys !== undefined;
    for await (const credential of run({ ...cluster, tree, existing, now, apart, source, signal })) {
      book.add(credential);
      progress.step();
    }
  } finally {
    progress.end();
  }
  return book;
}

function counted({ make }: KeySource, step: () => void): KeySource {
  return {
    make: async (request) => {
      const key = await make(request);
      step();
      return key;
    },
  };
}

/** What is there already; what is still to be made is not in it. */
async function look({ cluster, output, existing }: Context): Promise<Book> {
  const book = openBook(output.entries.values());
  for (const spec of cluster.plan.specs) {
    if (spec.kind === 'authority') book.add({ ...(await existing.find(spec)), spec, made: false } satisfies Credential);
  }
  return book;
}
