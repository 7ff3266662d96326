import { type Profile, refuse, waivers } from '@kubepki/core';
import { AppError, failureOf, usage } from '../failure.ts';
import { contentsOf } from '../lint/contents.ts';
import { type Judged, judge } from '../lint/judge.ts';
import type { Contents } from '../lint/pem.ts';
import type { Found } from '../lint/place.ts';
import { type Source, sourcesOf } from '../lint/walk.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';
import { readBytes, readStdinBytes } from '../source.ts';

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
    all.push(...contents.problems);
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
  try {
    const bytes = source === stdin ? readStdinBytes('certificate') : readBytes(source.path, { what: 'certificate' });
    return contentsOf(source === stdin ? { path: 'stdin', named: true } : source, bytes);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    const { path } = source;
    const { hint } = failure;
    const message = failure.message.startsWith(`${path} `)
      ? `it ${failure.message.slice(path.length + 1)}`
      : failure.message;
    return { found: [], problems: [{ where: path, message, ...(hint === undefined ? {} : { hint }) }] };
  }
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
