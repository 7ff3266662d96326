import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError, type Problem } from '../../error.ts';
import { syncFolder } from './disk.ts';
import { generationsFolder } from './folder.ts';
import { currentGeneration, generationNumbers, generationPath } from './generation.ts';
import type { Output } from './output.ts';
import { writing } from './system.ts';

/** What was removed, and what could not be. */
export type Pruned = { readonly removed: readonly number[]; readonly problems: readonly Problem[] };

/**
 * Removes older generations, the lowest first, so that with the current one `keep` are left; never the current one,
 * and none above it. Each loses its name before its files, so one that is removed half is cleaned up by the next run.
 * Call it after a commit, with the output open for writing. What fails is told and does not end the run, whose
 * generation is current already.
 */
export function pruneGenerations({ folder }: Pick<Output, 'folder'>, { keep }: { readonly keep: number }): Pruned {
  if (!Number.isInteger(keep) || keep < 1) throw new RangeError(`${keep} generations cannot be kept`);
  const removed: number[] = [];
  let where = generationsFolder;
  try {
    for (const number of surplus(folder, keep)) {
      where = generationPath(number);
      remove(folder, number);
      removed.push(number);
    }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const { message, hint } = error;
    return { removed, problems: [{ where, message, ...(hint === undefined ? {} : { hint }) }] };
  }
  return { removed, problems: [] };
}

function surplus(folder: string, keep: number): readonly number[] {
  const current = currentGeneration(folder);
  const older = generationNumbers(folder).filter((number) => number < current);
  return older.slice(0, Math.max(0, older.length - (keep - 1)));
}

function remove(folder: string, number: number): void {
  const path = join(folder, generationPath(number));
  const generations = join(folder, generationsFolder);
  const away = join(generations, `.${String(number).padStart(4, '0')}-${randomBytes(4).toString('hex')}.tmp`);
  writing(path, () => {
    renameSync(path, away);
    syncFolder(generations);
    rmSync(away, { recursive: true });
  });
}
