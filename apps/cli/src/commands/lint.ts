import { type Problem, type Profile, refuse, waivers } from '@kubepki/core';
import { type Contents, contentsOf, type Found, readContents, type Source, sourcesOf } from '@kubepki/status';
import { AppError, usage } from '../failure.ts';
import { type Judged, judge } from '../lint/judge.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';
import { readStdinBytes } from '../source.ts';

/** What was found in the certificates of files. */
export type Linted = {
  readonly profile: Profile;
  /** How many files hold them. */
  readonly files: number;
  readonly certificates: readonly Judged[];
};

/** So many certificates are judged in one run. */
const most = 50_000;

/** Holds certificates that somebody made against the rules, and writes nothing. @throws AppError where a file cannot be read */
export function lint({ words, profile: named = 'strict' }: Args, { signal }: Session): Linted {
  const profile = profileOf(named);
  if (words.length === 0) throw usage('NO_FILE', 'which files?', 'kubepki lint FILE… takes files and folders');
  const { sources, problems } = sourcesOf(words.filter((word) => word !== '-'));
  const all = [...problems];
  const found: Found[] = [];
  for (const source of [...(words.includes('-') ? [stdin] : []), ...sources]) {
    signal.throwIfAborted();
    const contents = read(source);
    found.push(...contents.found);
    all.push(...contents.problems, ...namesAlone(source, contents));
    if (found.length > most) throw tooMany();
  }
  refuse('LINT_UNREADABLE', all);
  if (found.length === 0) {
    throw new AppError('LINT_NOTHING', 'there is no certificate in it', {
      fault: 'input',
      hint: 'a folder is searched for PEM, DER and kubeconfigs by the names of files; name others one by one',
    });
  }
  const files = new Set(found.map(({ place }) => place.file)).size;
  const waives = waivers[profile].map(({ rule }) => rule);
  return { profile, files, certificates: [...judge(found, { waives, signal })] };
}

/** Whether an error is left that the profile does not waive. */
export function hasErrors({ certificates }: Linted): boolean {
  return certificates.some(({ findings }) => findings.some(({ severity, waived }) => severity === 'error' && !waived));
}

const stdin: Source = { path: '-', named: true };

function read(source: Source): Contents {
  if (source !== stdin) return readContents(source);
  return contentsOf({ path: 'stdin', named: true }, readStdinBytes('certificate'));
}

/** A kubeconfig that was named, and whose certificates are all in files of their own, has nothing that can be judged. */
function namesAlone({ path, named }: Source, { found, problems, references }: Contents): readonly Problem[] {
  if (!named || found.length + problems.length > 0 || references.length === 0) return [];
  const hint = 'it names files of certificates: lint these';
  return [{ where: path, message: 'it holds no certificate', hint }];
}

function profileOf(name: string): Profile {
  const profile = Object.keys(waivers).find((known) => known === name) as Profile | undefined;
  if (profile !== undefined) return profile;
  throw usage(
    'UNKNOWN_PROFILE',
    `there is no profile ${JSON.stringify(name)}`,
    `they are ${Object.keys(waivers).join(' and ')}`,
  );
}

function tooMany(): AppError {
  return new AppError('LINT_TOO_MANY', `more than ${most} certificates`, {
    fault: 'input',
    hint: 'name folders with fewer in them',
  });
}
