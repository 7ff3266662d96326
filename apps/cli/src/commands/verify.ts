import { openOutput } from '@kubepki/core';
import { type Verified, verifyTree } from '@kubepki/verify';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import { progressBar } from '../output/progress.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';
import { placeProblems } from '../verify-place.ts';
import { readersOf } from '../verify-readers.ts';
import { connectionSteps } from '../verify-steps.ts';

/** What was verified, and all that is not as planned. */
export type VerifiedTree = Verified & {
  readonly cluster: string;
  /** The output folder, and its generation that is current. */
  readonly folder: string;
  readonly generation: number;
};

/** Verifies the current generation of an output folder, and writes nothing. */
export async function verify(args: Args, session: Session): Promise<VerifiedTree> {
  const [named] = args.words;
  if (named !== undefined && args.output !== 'pki')
    throw usage('BAD_OPTION', 'the folder is named twice: by -o, and without it');
  const output = openOutput({ folder: named ?? args.output, write: false });
  const { plan, generation, folder } = output;
  if (plan === undefined) {
    throw new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
      fault: 'input',
      hint: 'kubepki generate makes one; name the folder of another: kubepki verify DIR',
    });
  }
  const readers = await readersOf(args, { output, plan });
  const { authorityKeys, all } = args;
  const { signal } = session;
  const progress = progressBar(session.stderr, output.entries.size + connectionSteps(plan, { all }));
  try {
    const { step } = progress;
    const now = session.now();
    const verified = await verifyTree({ ...readers, view: output, authorityKeys, all, now, signal, step });
    const problems = [...placeProblems(folder), ...verified.problems];
    return { ...verified, problems, cluster: plan.cluster.name, folder: shown(folder), generation };
  } finally {
    progress.end();
  }
}

/** Whether anything is not as planned. */
export function isWrong({ problems }: VerifiedTree): boolean {
  return problems.length > 0;
}
