import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { PkiError } from '../../error.ts';

const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space and run it again',
  EDQUOT: 'free some of the quota and run it again',
  EROFS: 'the file system is mounted read-only; give a folder on another one',
  EACCES: 'look at the owner and the mode of the folders on the way there',
  EPERM: 'look at the owner and the mode of the folders on the way there',
  EMFILE: 'raise the limit of open files (ulimit -n)',
  ENFILE: 'the system has no open files to spare; close something',
};

/** Runs what writes at a path; an error of the system becomes a PkiError WRITE_FAILED that names the path. */
export function writing<T>(path: string, action: () => T): T {
  return translate({ code: 'WRITE_FAILED', verb: 'write', path }, action);
}

/** Runs what reads at a path; an error of the system becomes a PkiError READ_FAILED that names the path. */
export function reading<T>(path: string, action: () => T): T {
  return translate({ code: 'READ_FAILED', verb: 'read', path }, action);
}

/** Runs an action; undefined where it fails with one of the given errors of the system (ENOENT). */
export function unless<T>(codes: readonly string[], action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (codes.includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** Runs an action; false where it fails with one of the given errors of the system (EEXIST). */
export function succeeds(codes: readonly string[], action: () => void): boolean {
  const done = unless(codes, () => {
    action();
    return true;
  });
  return done ?? false;
}

/** Runs each of the actions, whether others fail or not. For cleaning up, where the error before it matters more. */
export function attemptAll(actions: readonly (() => void)[]): void {
  for (const action of actions) {
    try {
      action();
    } catch {
      // What stays is removed by the next run.
    }
  }
}

/** Runs an action on an open file, then closes it. That closing fails is an error of its own where the action has none. */
export function closing<T>(descriptor: number, action: () => T): T {
  let result: T;
  try {
    result = action();
  } catch (error) {
    attemptAll([() => closeSync(descriptor)]);
    throw error;
  }
  closeSync(descriptor);
  return result;
}

function translate<T>(as: { readonly code: string; readonly verb: string; readonly path: string }, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const name = systemCode(error);
    if (name === undefined) throw error;
    throw new PkiError(as.code, `cannot ${as.verb} ${as.path}: ${words(error as NodeJS.ErrnoException)} (${name})`, {
      fault: 'system',
      hint: hints[name],
      cause: error,
    });
  }
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  return unnamed(error as NodeJS.ErrnoException) ?? String(error.code);
}

function words(error: NodeJS.ErrnoException): string {
  const { errno, code } = error;
  if (unnamed(error) === 'EDQUOT') return 'disk quota exceeded';
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? `${code}`;
}

/** The name of an error that Node has none for, such as EDQUOT. */
function unnamed({ errno, code }: NodeJS.ErrnoException): string | undefined {
  if (errno === undefined || getSystemErrorMap().has(errno)) return undefined;
  return Object.entries(constants.errno).find(([, number]) => number === -errno)?.[0] ?? code;
}
