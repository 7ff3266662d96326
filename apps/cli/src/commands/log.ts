import { type Generation, generations } from '@kubepki/core';
import { AppError, usage } from '../failure.ts';
import { credentialsOf, type Difference, differenceOf, type Known } from '../history/credentials.ts';
import type { Args } from '../options.ts';
import { shown } from '../shell.ts';

/** A generation that is kept, or why it cannot be read. */
export type Logged = { readonly number: number; readonly current: boolean } & (
  | {
      readonly made?: string;
      readonly files: number;
      readonly credentials: number;
      /** What it changed against the one before; missing where that is not kept or cannot be read. */
      readonly changes?: Difference;
    }
  | { readonly problem: string }
);

/** The generations of an output folder, the latest first. */
export type Log = { readonly cluster: string; readonly folder: string; readonly generations: readonly Logged[] };

/** Lists the generations that are kept, by their manifests and plans alone. It writes nothing. */
export function log(args: Args): Log {
  const [named] = args.words;
  if (named !== undefined && args.output !== 'pki')
    throw usage('BAD_OPTION', 'the folder is named twice: by -o, and without it');
  const folder = (named ?? args.output).replace(/(?<=.)\/+$/, '');
  const logged: Logged[] = [];
  let cluster = '';
  let before: ReadonlyMap<string, Known> | undefined;
  for (const one of generations(folder)) {
    const after = 'view' in one ? credentialsOf(one.view) : undefined;
    if ('view' in one) cluster = one.view.plan?.cluster.name ?? cluster;
    logged.unshift(entry(one, { before: one.number === 1 ? new Map() : before, after }));
    before = after;
  }
  if (logged.length > 0) return { cluster, folder: shown(folder), generations: logged };
  throw new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
    fault: 'input',
    hint: 'kubepki generate makes one; name the folder of another: kubepki log DIR',
  });
}

function entry(
  one: Generation,
  {
    before,
    after,
  }: {
    readonly before: ReadonlyMap<string, Known> | undefined;
    readonly after: ReadonlyMap<string, Known> | undefined;
  },
): Logged {
  const { number, current } = one;
  if ('problem' in one || after === undefined) {
    return { number, current, problem: 'problem' in one ? one.problem : 'it cannot be read' };
  }
  return {
    number,
    current,
    ...(one.made === undefined ? {} : { made: one.made }),
    files: one.view.entries.size + one.view.links.size,
    credentials: after.size,
    ...(before === undefined ? {} : { changes: differenceOf(before, after) }),
  };
}
