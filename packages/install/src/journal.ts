import { join } from 'node:path';
import type { Lying } from './lying.ts';
import { plain, type Remembered, rememberedOf } from './record.ts';
import { broken, listOf, objectOf, pathOf, pathsOf, wordOf } from './shape.ts';
import { readStored, removeStored, writeStored } from './stored.ts';

/** A change of what lies at a path. Without a `temp` it is to go. */
export type Change = {
  readonly path: string;
  /** Where what is new waits, in the same folder. */
  readonly temp?: string;
  readonly old?: Lying;
  readonly new?: Lying;
};

/**
 * What a run is about to do, stored before it does it. `staging`: what is new is being written under other names, and
 * whoever finds this takes that back. `moving`: all of that is stored, and whoever finds this finishes it.
 */
export type Journal = {
  readonly phase: 'staging' | 'moving';
  readonly changes: readonly Change[];
  /** The folders that are made, the outermost first. */
  readonly folders: readonly string[];
  /** What is remembered when all is done. */
  readonly after: Remembered;
};

export const journalFile = 'journal.json';
const tempName = /(^|\/)\.kubepki-[0-9a-f]{8}-\d+\.tmp$/;

/** The name under which something new waits, beside the path that it is for. */
export function tempFor(path: string, { token, index }: { readonly token: string; readonly index: number }): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}.kubepki-${token}-${index}.tmp`;
}

export function readJournal(state: string): Journal | undefined {
  const file = join(state, journalFile);
  const found = readStored(file);
  if (found === undefined) return undefined;
  const { phase, changes, folders, after } = found;
  if (phase !== 'staging' && phase !== 'moving') throw broken(file);
  return {
    phase,
    changes: listOf(changes, file).map((change) => changeOf(change, file)),
    folders: pathsOf(folders, file),
    after: rememberedOf(objectOf(after, file), file),
  };
}

export function writeJournal(state: string, { after, ...journal }: Journal): void {
  writeStored(state, { name: journalFile, value: { ...journal, after: plain(after) } });
}

export function removeJournal(state: string): void {
  removeStored(state, journalFile);
}

function changeOf(value: unknown, file: string): Change {
  const { path, temp, old, new: fresh } = objectOf(value, file);
  if (temp !== undefined && !tempName.test(pathOf(temp, file))) throw broken(file);
  return {
    path: pathOf(path, file),
    ...(temp === undefined ? {} : { temp: pathOf(temp, file) }),
    ...(old === undefined ? {} : { old: wordOf(old, file) }),
    ...(fresh === undefined ? {} : { new: wordOf(fresh, file) }),
  };
}
