import { type Output, openOutput, PkiError, type Problem, pruneGenerations, type Survey } from '@kubepki/core';
import type { InPlace } from './in-place.ts';
import type { Args } from './options.ts';

/** What a run did beside its generation. */
export type Upkeep = {
  /** The older generations that were removed. */
  readonly removed: readonly number[];
  readonly problems: readonly Problem[];
  /** What was put at fixed names, where that was asked for. */
  readonly inPlace?: InPlace;
};

/**
 * Does the work of a run, then what follows once its generation is current: removes older ones that are not to be kept,
 * and puts the files at fixed names. The folder for those is looked at first, so that a file that was edited there stops
 * the run before it makes anything.
 */
export async function withUpkeep<T>(
  {
    args,
    output,
    found,
    works,
  }: {
    readonly args: Pick<Args, 'keep' | 'inPlace' | 'dryRun' | 'discardEdits' | 'output'>;
    readonly output: Output;
    readonly found: Pick<Survey, 'writes' | 'drops'>;
    /** Whether a generation is made. */
    readonly works: boolean;
  },
  work: () => Promise<T>,
): Promise<T & { readonly upkeep: Upkeep }> {
  const folder = args.dryRun ? undefined : args.inPlace;
  const place =
    folder === undefined
      ? undefined
      : (await import('./in-place.ts')).openInPlace(folder, { ...args, paths: pathsAfter(output, found) });
  try {
    const done = await work();
    // The folder is still locked; only what is current there has changed.
    const inPlace =
      place && told(output, { works }, () => place.put(openOutput({ folder: output.folder, write: false })));
    const prunes = works && Number.isFinite(args.keep);
    const pruned = prunes ? pruneGenerations(output, { keep: args.keep }) : { removed: [], problems: [] };
    return { ...done, upkeep: { ...pruned, ...(inPlace === undefined ? {} : { inPlace }) } };
  } finally {
    place?.close();
  }
}

/** The paths of the files that the tree is going to have. */
function pathsAfter({ entries }: Output, { writes, drops }: Pick<Survey, 'writes' | 'drops'>): readonly string[] {
  const gone = new Set(drops);
  return [...writes, ...[...entries.keys()].filter((path) => !gone.has(path))];
}

/** What fails after the commit does not take that back. */
function told<T>({ next }: Output, { works }: { readonly works: boolean }, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!works || !(error instanceof PkiError)) throw error;
    const { code, message, fault, hint, problems } = error;
    throw new PkiError(code, `generation ${next} is made and current, but ${message}`, {
      fault,
      hint,
      problems,
      cause: error,
    });
  }
}
