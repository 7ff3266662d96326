import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PkiError, type Problem } from '@kubepki/core';

/** A file to look into; what a person named must hold a certificate. */
export type Source = { readonly path: string; readonly named: boolean };

/** Files of certificates and kubeconfigs are small: 1 MiB. */
export const largestSource = 2 ** 20;

/** So many files and folders are looked at, and so many files are opened. */
const most = { entries: 200_000, files: 20_000 } as const;
/** Files that are certificates by their names, and others that can hold some. */
const certain = /\.(crt|cer|cert|pem|der)$/i;
const possible = /\.(conf|config|kubeconfig|ya?ml|json)$/i;
/** What other tools keep in folders of these names is none of ours. */
const foreign = /^\.|^node_modules$/;

/** Whether a file is to be a certificate, by its name. */
function isCertificateFile(path: string): boolean {
  return certain.test(path);
}

/** What of a folder is looked at. */
export type Choice = {
  /** Of the names in a folder those that count; undefined: the folder is not gone into. Missing: all count. */
  choose?(folder: string, names: readonly string[]): readonly string[] | undefined;
};

/**
 * The files that are named, and those in the folders that are named that can hold a certificate. Links are followed,
 * and what two ways lead to is taken once.
 * @throws PkiError FILES_TOO_MANY for more than 20,000 files, or 200,000 entries of folders
 */
export function sourcesOf(
  words: readonly string[],
  { choose = (_, names) => names }: Choice = {},
): { readonly sources: readonly Source[]; readonly problems: readonly Problem[] } {
  const sources: Source[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let entries = 0;
  const take = (path: string, named: boolean): readonly string[] => {
    entries += 1;
    if (entries > most.entries || sources.length > most.files) throw tooMany();
    const stats = look(path, { named, problems });
    if (stats === undefined || isKnown(stats, seen)) return [];
    if (stats.isDirectory()) return (choose(path, namesIn(path, problems)) ?? []).map((name) => join(path, name));
    if (named || isCandidate(path, stats)) sources.push({ path, named });
    return [];
  };
  for (const word of words) {
    const waiting = [...take(word, true)].reverse();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (foreign.test(basename(path)) && !path.endsWith('.crt')) continue;
      waiting.push(...[...take(path, false)].reverse());
    }
  }
  return { sources, problems };
}

function look(
  path: string,
  { named, problems }: { readonly named: boolean; readonly problems: Problem[] },
): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named || isCertificateFile(path)) problems.push({ where: path, message: wordsFor(code, named) });
    return undefined;
  }
}

function wordsFor(code: string | undefined, named: boolean): string {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return `it cannot be looked at (${code})`;
  return named ? 'there is no such file or folder' : 'it is a link to nothing';
}

function isKnown({ dev, ino }: Stats, seen: Set<string>): boolean {
  const id = `${dev}:${ino}`;
  if (seen.has(id)) return true;
  seen.add(id);
  return false;
}

/** An empty file, as all of /proc are, or a large one is worth a word only where it is to be a certificate. */
function isCandidate(path: string, stats: Stats): boolean {
  if (!stats.isFile()) return false;
  if (isCertificateFile(path)) return true;
  if (stats.size === 0 || stats.size > largestSource) return false;
  return possible.test(path) || !basename(path).includes('.');
}

function namesIn(path: string, problems: Problem[]): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    problems.push({ where: path, message: `the folder cannot be read (${code})`, hint: 'look at its owner and mode' });
    return [];
  }
}

function tooMany(): PkiError {
  return new PkiError('FILES_TOO_MANY', `more than ${most.files} files, or ${most.entries} entries of folders`, {
    hint: 'name folders with fewer in them',
  });
}
