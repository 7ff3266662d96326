import { isLeftOut, type Plan, renewalOf } from '@kubepki/core';
import { dueLeaves } from '../due.ts';
import { AppError, failureOf } from '../failure.ts';
import { type OpenRun, withRun } from '../open-run.ts';
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
  return withRun({ args, session }, async (run) => {
    const { cluster: wanted, now } = run;
    const { plan } = run.output;
    if (plan === undefined) throw nothingThere(run.output.folder);
    const { words: names, keepKeys, sameKey } = args;
    const before = wanted.renewBefore;
    const renewal = renewalOf(plan, { names, keepKeys, authorities: sameKey, now, before });
    const cluster = { ...wanted, plan };
    const found = await run.survey(cluster, renewal);
    const generateWould = await wouldGenerate(run, plan);
    const done = await carryOut({ ...run, cluster, found, renewal });
    const due = names.length > 0 ? [] : dueLeaves(plan, { ...done.book, now, before });
    const leftOut = due.filter(({ spec }) => isLeftOut(spec)).map(({ spec }) => spec.id);
    return { ...done, names, leftOut, ...(generateWould === undefined ? {} : { generateWould }) };
  });
}

function nothingThere(folder: string): AppError {
  return new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
    fault: 'input',
    hint: 'kubepki generate makes one; name the folder of another: kubepki renew -o DIR',
  });
}

/** What the cluster file asks for beyond the plan of the generation that is there. */
async function wouldGenerate({ survey, cluster }: OpenRun, plan: Plan): Promise<string | undefined> {
  if (cluster.plan === plan) return undefined;
  try {
    const { makes, samePlan } = await survey(cluster);
    if (samePlan) return undefined;
    return makes.length === 0 ? 'write files anew' : `make ${makes.length}, for the cluster file changed`;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return `stop: ${failure.message}`;
  }
}
