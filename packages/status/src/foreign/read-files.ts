import { PkiError, type Problem } from '@kubepki/core';
import { paced } from '../paced.ts';
import { type Found, type Reference, readContents, sourcesOf } from '../reader/index.ts';
import { outputMarker } from '../tree/output-folder.ts';
import type { Watched } from '../watched.ts';
import { follow } from './references.ts';
import { withoutReplaced } from './rotated.ts';
import { watchedFiles } from './watched-files.ts';

/** So many certificates are read in one run. */
const most = 50_000;

/** What files and folders of others hold. */
export type ReadFiles = {
  readonly watched: readonly Watched[];
  /** The output folders of kubepki in these folders, which were not gone into. */
  readonly outputs: readonly string[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
};

/** Reads the certificates in files and folders, in kubeconfigs, and in the files that these name. */
export async function readFiles(paths: readonly string[], signal?: AbortSignal): Promise<ReadFiles> {
  const outputs: string[] = [];
  const choose = (folder: string, names: readonly string[]) => {
    if (!names.includes(outputMarker)) return withoutReplaced(names);
    outputs.push(folder);
    return undefined;
  };
  const { sources, problems } = sourcesOf(paths, { choose });
  const found: Found[] = [];
  const references: Reference[] = [];
  const wrong: Problem[] = [...problems];
  for await (const source of paced(sources, signal)) {
    const contents = readContents(source);
    found.push(...contents.found);
    references.push(...contents.references);
    wrong.push(...contents.problems);
    if (found.length > most) throw tooMany();
  }
  const followed = await follow(references, signal);
  const read = await watchedFiles([...found, ...followed.found], signal);
  const all = [...wrong, ...followed.problems, ...read.problems];
  return { watched: read.watched, outputs, problems: all, notes: followed.notes };
}

function tooMany(): PkiError {
  return new PkiError('FILES_TOO_MANY', `more than ${most} certificates`, { hint: 'name folders with fewer in them' });
}
