import { join } from 'node:path';
import type { Lying } from './lying.ts';
import { objectOf, pathOf, pathsOf, wordOf } from './shape.ts';
import { readStored, writeStored } from './stored.ts';

/** What was put into a folder. */
export type Remembered = {
  /** What lay at each path then. */
  readonly lying: ReadonlyMap<string, Lying>;
  /** The folders that were made for it. */
  readonly folders: readonly string[];
  /** The paths that were written since somebody last said that what reads them has been told. */
  readonly fresh: readonly string[];
};

export const recordFile = 'record.json';

export function readRecord(state: string): Remembered {
  const path = join(state, recordFile);
  return rememberedOf(readStored(path) ?? {}, path);
}

export function writeRecord(state: string, remembered: Remembered): void {
  writeStored(state, { name: recordFile, value: plain(remembered) });
}

export function plain({ lying, folders, fresh }: Remembered): object {
  return { lying: Object.fromEntries(lying), folders, fresh };
}

export function rememberedOf(
  { lying = {}, folders = [], fresh = [] }: { readonly [key: string]: unknown },
  file: string,
): Remembered {
  const pairs = Object.entries(objectOf(lying, file));
  return {
    lying: new Map(pairs.map(([path, word]) => [pathOf(path, file), wordOf(word, file)])),
    folders: pathsOf(folders, file),
    fresh: pathsOf(fresh, file),
  };
}

/** Whether two say the same. */
export function sameRecord(a: Remembered, b: Remembered): boolean {
  const words = (one: Remembered) =>
    JSON.stringify([[...one.lying].sort(), [...one.folders].sort(), [...one.fresh].sort()]);
  return words(a) === words(b);
}
