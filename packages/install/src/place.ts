import { join, resolve } from 'node:path';
import {
  checkFolder,
  checkPlace,
  createFile,
  createFolder,
  type Lock,
  lockFile,
  lookAt,
  syncParent,
} from '@kubepki/core';
import { checkWay, commit, recover } from './commit.ts';
import { foldersAround } from './folders.ts';
import type { Change } from './journal.ts';
import { edits, outlook, type Rules, refuseChanged } from './outlook.ts';
import { type Remembered, readRecord, recordFile, sameRecord, writeRecord } from './record.ts';
import type { Wanted } from './wanted.ts';

/** Where files are put, and what may be replaced there. */
export type PlaceOptions = Rules & {
  readonly folder: string;
  /** The folder of what is remembered, from `folder`. */
  readonly state: string;
  /** Says what `put` would do, and writes nothing. What a run that was killed left stays for one that writes. */
  readonly dryRun?: boolean;
  /** Paths that are going to be wanted, though nobody knows with which bytes: what is in their way is told at once. */
  readonly paths?: Iterable<string>;
};

/** What a run did. Links count as files. */
export type Put = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** How many were right already. */
  readonly kept: number;
  /** What was written by this run, and by earlier ones after which nobody came to `settle`, as where they were killed. */
  readonly fresh: readonly string[];
};

/** A folder that is open for files at fixed names, and locked. */
export type Place = {
  /**
   * Lets all lie there as it is wanted, and writes only what differs. What was put there before and is no longer wanted
   * is removed, where nobody changed it.
   * @throws PkiError; then nothing was changed, unless it says INSTALL_UNFINISHED
   */
  put(wanted: Wanted): Put;
  /** Says that what reads the files has been told of those that are new. */
  settle(): void;
  /** Lets others have the folder. */
  close(): void;
};

/**
 * Opens a folder that consumers read files from at fixed names. What a run that was killed left is finished where all
 * of it was stored, and taken back where not. Where nothing was put there yet, nothing is made before `put`.
 * @throws PkiError FILES_CHANGED where a file was changed since it was put there; BUSY where another run has the folder
 */
export function openPlace({ folder, state: stateFolder, dryRun = false, paths = [], ...rules }: PlaceOptions): Place {
  const root = resolve(folder);
  const state = join(root, stateFolder);
  checkPlace(root);
  checkWay(root, [`${stateFolder}/${recordFile}`]);
  let held = lookAt(state) === undefined || dryRun ? undefined : hold(state);
  try {
    if (held !== undefined) recover(root, { state, rules });
    const before = readRecord(state);
    checkWay(root, [...before.lying.keys()]);
    refuseChanged(root, [...edits(root, { before, paths, rules })]);
  } catch (error) {
    held?.release();
    throw error;
  }
  const put = (wanted: Wanted): Put => {
    const before = readRecord(state);
    const { changes, folders, after, problems } = outlook(root, { wanted, before, rules, state: stateFolder });
    refuseChanged(root, problems);
    const done = summary(changes, after);
    if (dryRun) return done;
    if (changes.length === 0 && sameRecord(before, after)) return done;
    if (held === undefined) {
      held = claim(root, stateFolder);
      recover(root, { state, rules });
      return put(wanted); // another run may have been here first
    }
    if (changes.length === 0) writeRecord(state, after);
    else commit(root, { state, rules, wanted, journal: { phase: 'staging', changes, folders, after } });
    return done;
  };
  const settle = () => {
    const before = held === undefined ? undefined : readRecord(state);
    if (before !== undefined && before.fresh.length > 0) writeRecord(state, { ...before, fresh: [] });
  };
  return { put, settle, close: () => held?.release() };
}

function summary(changes: readonly Change[], { lying, fresh }: Remembered): Put {
  const written = changes.flatMap(({ path, temp }) => (temp === undefined ? [] : [path]));
  const removed = changes.flatMap(({ path, temp }) => (temp === undefined ? [path] : []));
  return { written, removed, kept: lying.size - written.length, fresh };
}

function hold(state: string): Lock {
  checkFolder(state, { own: true });
  const path = join(state, 'lock');
  createFile({ path, mode: 0o600 }, []);
  return lockFile(path);
}

/** Makes the folder itself and that of the state, and locks it. */
function claim(root: string, stateFolder: string): Lock {
  const state = join(root, stateFolder);
  for (const path of [root, ...foldersAround([`${stateFolder}/lock`]).map((folder) => join(root, folder))]) {
    if (createFolder(path, path === root || path === state ? 0o700 : 0o755)) syncParent(path);
  }
  return hold(state);
}
