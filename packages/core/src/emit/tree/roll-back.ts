import { join } from 'node:path';
import { PkiError, type Problem } from '../../error.ts';
import { checkFolder, checkPlace, generationsFolder, inspect, markerFile } from './folder.ts';
import { currentGeneration, generationNumbers, generationPath } from './generation.ts';
import { type ReadGeneration, viewGeneration } from './history.ts';
import { removeLeftovers } from './leftovers.ts';
import { lock } from './lock.ts';
import { pointCurrent } from './publish.ts';
import { notWhole } from './whole.ts';

/** What was current, where that can be told, and what is now. */
export type RolledBack = {
  /** 0: nothing that kubepki made was. */
  readonly from: number;
  readonly to: number;
  readonly before?: ReadGeneration;
  readonly now: ReadGeneration;
};

/**
 * Makes a generation that is kept current again, by the same single step as a commit; without a number the one before
 * the current. First it is seen to be whole: its manifest, its plan, and the bytes and the mode of every file.
 * What is current need not be whole.
 * @throws PkiError where there is no such generation, where it is not whole, or another run has the folder (BUSY);
 * then `current` leads to where it led
 */
export function rollBack({
  folder: given,
  generation,
  current = 'refused',
}: {
  readonly folder: string;
  readonly generation?: number | undefined;
  /** Whether the generation may be current already, as where something else is to follow from it. */
  readonly current?: 'refused' | 'fine';
}): RolledBack {
  const folder = given.replace(/(?<=.)\/+$/, '');
  const { marker, cluster } = inspect(folder);
  if (!marker) throw unknown(folder, { kept: [], generation });
  checkPlace(folder);
  checkFolder(join(folder, generationsFolder), { own: true });
  const held = lock(join(folder, markerFile));
  try {
    if (held.held) removeLeftovers(folder);
    const from = attempt(() => currentGeneration(folder)) ?? 0;
    const kept = generationNumbers(folder);
    const to = generation ?? kept.filter((number) => from === 0 || number < from).at(-1);
    if (to === undefined || !kept.includes(to)) throw unknown(folder, { kept, generation });
    if (to === from && current === 'refused') {
      throw new PkiError('GENERATION_CURRENT', `generation ${to} of ${folder} is current already`, { fault: 'usage' });
    }
    const now = viewGeneration(folder, { generation: to, cluster });
    refuseBroken(to, [...notWhole(join(folder, generationPath(to)), now.view)]);
    const before = attempt(() => viewGeneration(folder, { generation: from, cluster }));
    if (to !== from) pointCurrent({ folder, target: generationPath(to) });
    return { from, to, now, ...(before === undefined ? {} : { before }) };
  } finally {
    held.release();
  }
}

/** What is current may be broken: that is what a way back is for. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof PkiError && error.fault === 'input') return undefined;
    throw error;
  }
}

function refuseBroken(generation: number, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new PkiError('GENERATION_BROKEN', `generation ${generation} is not as kubepki wrote it, and stays unused`, {
    problems,
    hint: 'take another one, or restore its files from a copy',
  });
}

function unknown(
  folder: string,
  { kept, generation }: { readonly kept: readonly number[]; readonly generation: number | undefined },
): PkiError {
  const what = generation === undefined ? 'no generation before the current one' : `no generation ${generation}`;
  return new PkiError('GENERATION_UNKNOWN', `there is ${what} in ${folder}`, {
    fault: 'usage',
    hint: kept.length === 0 ? 'it has no generation yet' : `it has ${kept.join(', ')}`,
  });
}
