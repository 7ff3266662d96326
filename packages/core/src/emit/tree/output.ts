import { join } from 'node:path';
import type { Plan } from '../../plan/plan.ts';
import { claimFolder } from './claim.ts';
import { checkFolder, checkPlace, generationsFolder, inspect, markerFile } from './folder.ts';
import { folderView } from './folder-view.ts';
import { currentGeneration, finishFirst, generationNumbers, generationPath, readGeneration } from './generation.ts';
import { removeLeftovers } from './leftovers.ts';
import { busy, lock } from './lock.ts';
import type { TreeView } from './tree.ts';

/** An output folder as it is: its current generation, and what is in that. */
export type Output = TreeView & {
  readonly folder: string;
  /** The cluster that the folder is of; undefined where nothing was written yet. */
  readonly cluster: string | undefined;
  /** The number of the generation that a commit makes. */
  readonly next: number;
  /** When the current generation was made, where it says so. */
  readonly made?: Date;
  /** SHA-256 over what its plan asked of certificates (sign/templates-hash.ts), where it says so. */
  readonly templates?: string;
  /** Makes the folder one of ours and locks it, before the first file is staged. The way back from each step is added to `undo`. */
  claim(cluster: string, undo: (() => void)[]): void;
  /** Lets others have the folder. */
  close(): void;
};

/**
 * Opens an output folder, or one that is still to be made. With `write` it is locked, and what killed runs
 * left there is removed; where there is nothing yet, nothing is made before a tree's first file. Without
 * `write` nothing at all is written. `plan` is that of a run: where it is the one that was written, it is taken as
 * that, and a large one need not be read again.
 * @throws PkiError where the folder is not ours or is damaged, or another run holds it (BUSY)
 */
export function openOutput({
  folder: given,
  write,
  plan,
}: {
  readonly folder: string;
  readonly write: boolean;
  readonly plan?: Plan;
}): Output {
  const folder = given.replace(/(?<=.)\/+$/, '');
  const found = inspect(folder);
  if (write) checkPlace(folder);
  checkFolder(join(folder, generationsFolder), { own: write });
  let held = write && found.marker ? lock(join(folder, markerFile)) : undefined;
  try {
    if (held?.held) removeLeftovers(folder);
    finishFirst(folder, { cluster: found.cluster, write });
    const state = readState(folder, { cluster: found.cluster, plan });
    const { generation, next, made, templates } = state;
    return {
      ...folderView(join(folder, generationPath(generation)), state),
      folder,
      cluster: found.cluster,
      next,
      ...(made === undefined ? {} : { made }),
      ...(templates === undefined ? {} : { templates }),
      claim(cluster, undo) {
        if (!write) throw new Error('the output folder was opened for reading');
        held = claimFolder({ folder, cluster, held, found, first: generation === 0 }, undo);
        if (nextGeneration(folder) !== next) throw busy('another run committed meanwhile');
      },
      close: () => held?.release(),
    };
  } catch (error) {
    held?.release();
    throw error;
  }
}

type State = Pick<Output, 'generation' | 'next' | 'made' | 'templates' | 'plan' | 'entries' | 'links'>;

function readState(
  folder: string,
  { cluster, plan: given }: { readonly cluster: string | undefined; readonly plan: Plan | undefined },
): State {
  const generation = currentGeneration(folder);
  const next = nextGeneration(folder);
  if (generation === 0) return { generation, next, plan: undefined, entries: new Map(), links: new Map() };
  const { manifest, plan } = readGeneration(folder, { generation, cluster, plan: given });
  return {
    generation,
    next,
    ...(manifest.made === undefined ? {} : { made: new Date(manifest.made) }),
    ...(manifest.templates === undefined ? {} : { templates: manifest.templates }),
    plan,
    entries: new Map(manifest.files.map((entry) => [entry.path, entry])),
    links: new Map(manifest.links.map(({ path, link }) => [path, link])),
  };
}

/** One above all that are there: an older one may be current. */
function nextGeneration(folder: string): number {
  return Math.max(currentGeneration(folder), ...generationNumbers(folder)) + 1;
}
