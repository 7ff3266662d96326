import { closeSync, constants, fsyncSync, openSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '../../error.ts';
import { createFile, createFolder, syncFolder, syncParent } from './disk.ts';
import { type Found, generationsFolder, ignoreFile, markerFile } from './folder.ts';
import { busy, type Lock, lock } from './lock.ts';
import { look } from './read.ts';
import { writing } from './system.ts';

type Undo = (() => void)[];

/**
 * Makes an output folder one of ours and locks it: the folder, its marker, a .gitignore, the folder of the
 * generations. What is there already stays. The way back from each step is added to `undo`.
 */
export function claimFolder(
  run: {
    readonly folder: string;
    readonly cluster: string;
    readonly held: Lock | undefined;
    readonly found: Found;
    /** Whether there is no generation yet. */
    readonly first: boolean;
  },
  undo: Undo,
): Lock {
  const { folder, first } = run;
  const text = `${JSON.stringify({ kubepki: 1, cluster: run.cluster })}\n`;
  const marker = join(folder, markerFile);
  const held = run.held ?? begin({ folder, marker, text }, undo);
  if (run.held !== undefined && run.found.cluster === undefined) refill(marker, text);
  const ignore = join(folder, ignoreFile);
  if (first && createFile({ path: ignore, mode: 0o600 }, ['*\n']) !== undefined) undo.push(() => unlinkSync(ignore));
  const generations = join(folder, generationsFolder);
  if (look(generations) === undefined && createFolder(generations, 0o700)) undo.push(() => rmdirSync(generations));
  if (first) syncFolder(folder);
  return held;
}

/** Makes folder and marker. Whoever makes the marker has the folder, unless another run locks it first. */
function begin(
  { folder, marker, text }: { readonly folder: string; readonly marker: string; readonly text: string },
  undo: Undo,
): Lock {
  if (createFolder(folder, 0o700)) {
    undo.push(() => rmdirSync(folder));
    syncParent(folder);
  }
  if (createFile({ path: marker, mode: 0o600 }, [text]) === undefined) throw busy('another run began in it meanwhile');
  const removeMarker = () => {
    if (look(join(folder, generationsFolder)) === undefined) unlinkSync(marker);
  };
  try {
    const held = lock(marker);
    undo.push(removeMarker);
    return held;
  } catch (error) {
    const others = error instanceof PkiError && error.fault === 'busy';
    if (!others) undo.push(removeMarker);
    throw error;
  }
}

/** Writes the marker of a run that was killed before it had. It stays the same file, since the lock is on that. */
function refill(marker: string, text: string): void {
  writing(marker, () => {
    const descriptor = openSync(marker, constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}
