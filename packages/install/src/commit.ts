import { PkiError } from '@kubepki/core';
import { foldersAround, inspectFolders } from './folders.ts';
import { journalFile, readJournal, removeJournal, writeJournal } from './journal.ts';
import { move, refuseMeanwhile } from './move.ts';
import { refuseChanged } from './outlook.ts';
import { recordFile } from './record.ts';
import { stage, unstage } from './stage.ts';
import { removeWaiting } from './stored.ts';
import type { Wanted } from './wanted.ts';

type Work = Parameters<typeof move>[1] & Parameters<typeof refuseMeanwhile>[1];

/** Does what a journal says, all of it or nothing. */
export function commit(root: string, { wanted, ...work }: Work & { readonly wanted: Wanted }): void {
  const { state, journal } = work;
  try {
    writeJournal(state, journal);
    stage(root, { ...journal, wanted });
    refuseMeanwhile(root, work);
    writeJournal(state, { ...journal, phase: 'moving' });
  } catch (error) {
    throw undone(root, work) ? error : unfinished(root, error);
  }
  try {
    move(root, work);
  } catch (error) {
    throw unfinished(root, error);
  }
}

/** Takes back what was staged, unless it is to be moved already. Where the disk fails at that too, the next run does it. */
function undone(root: string, { state, journal }: Work): boolean {
  try {
    const found = readJournal(state);
    if (found?.phase === 'moving') return false;
    unstage(root, journal);
    if (found !== undefined) removeJournal(state);
  } catch {
    // The journal is still there, and says what to take back.
  }
  return true;
}

/** Finishes what a run that was killed had stored as a whole, or takes back what it had not. */
export function recover(root: string, { state, rules }: Pick<Work, 'state' | 'rules'>): void {
  removeWaiting(state, [journalFile, recordFile]);
  const journal = readJournal(state);
  if (journal === undefined) return;
  const paths = journal.changes.map(({ path }) => path);
  checkWay(root, paths);
  if (journal.phase === 'moving') {
    refuseMeanwhile(root, { journal, rules });
    move(root, { state, journal });
  } else {
    unstage(root, journal);
    removeJournal(state);
  }
}

/** Throws where a folder on the way to paths is none that may be written into. */
export function checkWay(root: string, paths: readonly string[]): void {
  refuseChanged(root, inspectFolders(root, foldersAround(paths)).problems);
}

function unfinished(root: string, cause: unknown): unknown {
  if (!(cause instanceof PkiError)) return cause;
  return new PkiError(
    'INSTALL_UNFINISHED',
    `${root} has some files of this run and some of the one before: ${cause.message}`,
    {
      fault: 'system',
      hint: 'run it again: it finishes that before anything else',
      cause,
    },
  );
}
