import { renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt, type Problem, succeeds, writing } from '@kubepki/core';
import { type Change, type Journal, removeJournal } from './journal.ts';
import { type Lying, lyingAt } from './lying.ts';
import { inTheWay, type Rules, refuseChanged } from './outlook.ts';
import { type Remembered, readRecord, writeRecord } from './record.ts';
import { removeFolders, syncFolders } from './stage.ts';

/**
 * Gives everything that was staged its name, takes away what is to go, and remembers that. Done twice it does no more
 * than once, so whoever finds a journal that is moving finishes it by this.
 */
export function move(root: string, { state, journal }: { readonly state: string; readonly journal: Journal }): void {
  const { changes, after } = journal;
  const before = readRecord(state);
  for (const change of changes) moveOne(root, change);
  const gone = before.folders.filter((folder) => !after.folders.includes(folder));
  removeFolders(root, gone);
  syncFolders(root, new Set([...changes.map(({ path }) => dirname(path)), ...gone.map((folder) => dirname(folder))]));
  writeRecord(state, { ...after, lying: settled(root, { changes, after, before }) });
  removeJournal(state);
}

/** @throws PkiError FILES_CHANGED where somebody changed a file after a run looked at it */
export function refuseMeanwhile(
  root: string,
  { journal, rules }: { readonly journal: Journal; readonly rules: Rules },
): void {
  const problems = journal.changes.flatMap((change): readonly Problem[] => {
    const full = join(root, change.path);
    const lying = lyingAt(full);
    if (lying === change.new || !waits(root, change)) return [];
    const message = inTheWay(change.path, { lying, remembered: change.old, rules });
    return message === undefined ? [] : [{ where: full, message }];
  });
  refuseChanged(root, problems);
}

/** Whether a change is still to be made. */
function waits(root: string, { temp, path, old }: Change): boolean {
  return temp === undefined ? lyingAt(join(root, path)) === old : lookAt(join(root, temp)) !== undefined;
}

function moveOne(root: string, change: Change): void {
  if (!waits(root, change)) return;
  const path = join(root, change.path);
  const { temp } = change;
  writing(path, () => {
    if (temp === undefined) succeeds(['ENOENT'], () => unlinkSync(path));
    else renameSync(join(root, temp), path);
  });
}

/** What is remembered: where something that waited was taken away by somebody, what was there before. */
function settled(
  root: string,
  {
    changes,
    after,
    before,
  }: { readonly changes: readonly Change[]; readonly after: Remembered; readonly before: Remembered },
): ReadonlyMap<string, Lying> {
  const lost = changes.filter(({ path, new: word }) => word !== undefined && lyingAt(join(root, path)) !== word);
  const lying = new Map(after.lying);
  for (const { path } of lost) {
    const old = before.lying.get(path);
    if (old === undefined) lying.delete(path);
    else lying.set(path, old);
  }
  return lying;
}
