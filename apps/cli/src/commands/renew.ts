import { isDeepStrictEqual } from 'node:util';
import { isDue, isLeftOut, type Plan, renewalOf } from '@kubepki/core';
import { type LoadedCluster, loadCluster } from '../cluster.ts';
import { AppError, failureOf } from '../failure.ts';
import { type OpenRun, openRun } from '../open-run.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';
import { carryOut, type Generated } from './generate.ts';

/** What was renewed, and what of the cluster file is left for `generate`. */
export type Renewed = Generated & {
  /** The names that were asked for; none: what is due. */
  readonly names: readonly string[];
  /** What is due and was left out, since it is renewed by its name alone or by the process that has it. */
  readonly leftOut: readonly string[];
  /** What `generate` would do now, in words; undefined: nothing. */
  readonly generateWould?: string;
};

/**
 * Makes again what is due, or what is named, as the plan of the current generation says: what changed in the cluster
 * file since then is for `generate`. Where and how files are written is as the cluster file says.
 * @throws PkiError; then nothing was changed
 */
export async function renew(args: Args, session: Session): Promise<Renewed> {
  const wanted = await loadCluster(args);
  const now = session.now();
  const edited = args.discardEdits ? 'leave out' : 'refuse';
  const opened = openRun(wanted, { args, write: !args.dryRun, edited, now });
  try {
    const { plan } = opened.output;
    if (plan === undefined) throw nothingThere(opened.output.folder);
    const { words: names, keepKeys, sameKey } = args;
    const before = wanted.renewBefore;
    const renewal = renewalOf(plan, { names, keepKeys, authorities: sameKey, now, before });
    const cluster = { ...wanted, plan };
    const found = await opened.survey(cluster, renewal);
    const generateWould = await wouldGenerate(opened, { wanted, plan });
    const done = await carryOut({ ...opened, cluster, args, found, renewal, now, session });
    const leftOut = names.length > 0 ? [] : dueButLeftOut(done, { now, before });
    return { ...done, names, leftOut, ...(generateWould === undefined ? {} : { generateWould }) };
  } finally {
    opened.close();
  }
}

function nothingThere(folder: string): AppError {
  return new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
    fault: 'input',
    hint: 'kubepki generate makes one; name the folder of another: kubepki renew -o DIR',
  });
}

/** What the cluster file asks for beyond the plan of the generation that is there. */
async function wouldGenerate(
  { survey }: OpenRun,
  { wanted, plan }: { readonly wanted: LoadedCluster; readonly plan: Plan },
): Promise<string | undefined> {
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(wanted.plan)), plan)) return undefined;
  try {
    const { makes } = await survey(wanted);
    return makes.length === 0 ? 'write files anew' : `make ${makes.length}, for the cluster file changed`;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return `stop: ${failure.message}`;
  }
}

function dueButLeftOut(
  { plan, book }: Generated,
  { now, before }: { readonly now: Date; readonly before: number },
): readonly string[] {
  return plan.specs.flatMap((spec) => {
    const notAfter = book.notes.get(spec.id)?.notAfter;
    if (spec.kind !== 'leaf' || !isLeftOut(spec) || notAfter === undefined) return [];
    return isDue({ notAfter, life: spec.validity }, { now, before }) ? [spec.id] : [];
  });
}
