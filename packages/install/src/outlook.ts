import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PkiError, type Problem } from '@kubepki/core';
import { foldersAround, inspectFolders } from './folders.ts';
import { type Change, tempFor } from './journal.ts';
import { fileWith, hasModes, type Lying, linkTo, lyingAt } from './lying.ts';
import type { Remembered } from './record.ts';
import type { Wanted } from './wanted.ts';

/** Which files that are not as they are remembered may be replaced, and which are left alone. */
export type Rules = {
  /** Whether a file with that SHA-256 is of kubepki, though nothing is remembered of it. */
  known?(path: string, sha256: string): boolean;
  /** Whether what lies there may be replaced, whoever wrote it. */
  discards?(path: string): boolean;
  /** Whether a path is left as it is. */
  leaves?(path: string): boolean;
};

/** What is to be done so that all lies as it is wanted. */
export type Outlook = {
  readonly changes: readonly Change[];
  readonly folders: readonly string[];
  readonly after: Remembered;
  /** What is in the way. */
  readonly problems: readonly Problem[];
};

/** Compares what lies in a folder with what is wanted there. Nothing is written. */
export function outlook(
  root: string,
  {
    wanted,
    before,
    rules,
    state,
  }: { readonly wanted: Wanted; readonly before: Remembered; readonly rules: Rules; readonly state: string },
): Outlook {
  const token = randomBytes(4).toString('hex');
  const after = new Map<string, Lying>();
  const changes: Change[] = [];
  const problems: Problem[] = [];
  const compare = (path: string, { word, modes }: { readonly word: Lying; modes(full: string): boolean }) => {
    const full = join(root, path);
    if (rules.leaves?.(path)) return;
    if (isWithin(path, state)) problems.push({ where: full, message: 'what is remembered lies there' });
    after.set(path, word);
    const lying = lyingAt(full);
    if (lying === word && modes(full)) return;
    const message = lying === word ? undefined : inTheWay(path, { lying, remembered: before.lying.get(path), rules });
    if (message !== undefined) problems.push({ where: full, message });
    const temp = tempFor(path, { token, index: changes.length });
    changes.push({ path, temp, new: word, ...(lying === undefined ? {} : { old: lying }) });
  };
  for (const file of wanted.files)
    compare(file.path, { word: fileWith(file.sha256), modes: (full) => hasModes(full, file) });
  for (const { path, link } of wanted.links) compare(path, { word: linkTo(link), modes: () => true });
  for (const [path, word] of before.lying) {
    if (after.has(path)) continue;
    if (rules.leaves?.(path)) after.set(path, word);
    else if (lyingAt(join(root, path)) === word) changes.push({ path, old: word });
  }
  const around = foldersAround(after.keys());
  const { missing, problems: wrong } = inspectFolders(root, foldersAround(changes.map(({ path }) => path)));
  const made = new Set([...before.folders, ...missing]);
  const folders = around.filter((folder) => made.has(folder));
  const fresh = [...new Set([...before.fresh, ...changes.flatMap(({ path, temp }) => (temp ? [path] : []))])];
  return { changes, folders: missing, after: { lying: after, folders, fresh }, problems: [...wrong, ...problems] };
}

/** Of what is remembered, what is not as it was written, and what lies at other paths. What is gone was not changed. */
export function* edits(
  root: string,
  { before, paths, rules }: { readonly before: Remembered; readonly paths: Iterable<string>; readonly rules: Rules },
): Generator<Problem> {
  for (const path of new Set([...before.lying.keys(), ...paths])) {
    const full = join(root, path);
    const remembered = before.lying.get(path);
    const message = rules.leaves?.(path) ? undefined : inTheWay(path, { lying: lyingAt(full), remembered, rules });
    if (message !== undefined) yield { where: full, message };
  }
}

/** Why what lies at a path may not be replaced; undefined: it may. */
export function inTheWay(
  path: string,
  {
    lying,
    remembered,
    rules,
  }: { readonly lying: Lying | undefined; readonly remembered: Lying | undefined; readonly rules: Rules },
): string | undefined {
  if (lying === undefined || lying === remembered) return undefined;
  if (lying === 'other') return 'it is no plain file';
  const hash = /^file:(.*)$/.exec(lying)?.[1];
  if (hash !== undefined && rules.known?.(path, hash)) return undefined;
  if (rules.discards?.(path)) return undefined;
  return remembered === undefined
    ? 'it is there already, and kubepki did not write it'
    : 'it was changed since kubepki wrote it';
}

export function refuseChanged(root: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const what = problems.length === 1 ? '1 path' : `${problems.length} paths`;
  throw new PkiError('FILES_CHANGED', `${what} in ${root} cannot be written: not as kubepki left it`, {
    problems,
    hint: 'bring back what was there or move it away; --discard-edits replaces files that others wrote or changed',
  });
}

function isWithin(path: string, folder: string): boolean {
  return `${path}/`.toLowerCase().startsWith(`${folder}/`);
}
