import { type Adoption, adopt as takeOver } from '@kubepki/adopt';
import { openOutput, type Plan, type Problem, type Survey, survey } from '@kubepki/core';
import type { Verified } from '@kubepki/verify';
import { adoptedSteps } from '../adopt/next.ts';
import { placesOf } from '../adopt/places.ts';
import { openBook } from '../book.ts';
import { careOf } from '../care.ts';
import { careOfKeys } from '../care-keys.ts';
import { loadCluster, readGiven } from '../cluster.ts';
import { signedElsewhere } from '../config/absent-keys.ts';
import { AppError, usage } from '../failure.ts';
import { make } from '../make.ts';
import type { Args } from '../options.ts';
import type { Step } from '../result.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';

/** What was taken over, or with --dry-run would be. */
export type Adopted = {
  readonly plan: Plan;
  readonly folder: string;
  readonly dryRun: boolean;
  readonly adoption: Adoption;
  readonly survey: Survey;
  /** What was verified before it became current. */
  readonly verified?: Verified;
  readonly care: readonly Problem[];
  readonly next: readonly Step[];
};

/** Makes the first generation of what somebody else made. @throws PkiError; then nothing was changed */
export async function adopt(args: Args, session: Session): Promise<Adopted> {
  const { words, output: folder, authorityKeys, dryRun } = args;
  if (words.length === 0)
    throw usage('NO_FOLDER', 'which folders?', "kubepki adopt DIR… takes each node's /etc/kubernetes, or a tar of it");
  const cluster = await loadCluster(args);
  const output = openOutput({ folder, write: !dryRun });
  try {
    if (output.generation > 0) throw taken(shown(folder));
    const given = readGiven(cluster);
    const places = await placesOf(words, session);
    const now = session.now();
    const adoption = await takeOver({ ...cluster, places, given, apart: authorityKeys, now });
    const existing = cluster.issuers === undefined ? adoption.existing : signedElsewhere(adoption.existing);
    const found = await survey({ ...cluster, existing, output, now, apart: authorityKeys !== undefined });
    const context = { cluster, args, output, existing, found, now, session };
    const { book, verified } = dryRun ? { book: openBook(), verified: undefined } : await make(context);
    const result = { args, cluster, survey: found, book, now, before: output };
    return {
      plan: cluster.plan,
      folder: shown(folder),
      dryRun,
      adoption,
      survey: found,
      ...(verified === undefined ? {} : { verified }),
      care: needsBindings(adoption, cluster.plan) ? careOf(result) : [...cluster.warnings, ...careOfKeys(result)],
      next: dryRun ? [] : adoptedSteps(adoption, result),
    };
  } finally {
    output.close();
  }
}

/** A running cluster has the bindings of what it uses. What is made anew may have another group than before. */
function needsBindings({ anew, absent }: Adoption, { specs }: Plan): boolean {
  const ids = new Set(anew.filter(({ fault }) => fault === 'differs').map(({ id }) => id));
  return specs.some(
    (spec) => spec.kind === 'leaf' && ids.has(spec.id) && spec.bindings.length > 0 && !absent.includes(spec.node ?? ''),
  );
}

function taken(folder: string): AppError {
  return new AppError('OUTPUT_TAKEN', `${folder} has a PKI already, and nothing is adopted over one`, {
    fault: 'input',
    hint: 'give another folder with -o; kubepki generate and kubepki renew work on what is there',
  });
}
