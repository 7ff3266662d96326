import assert, { AssertionError } from 'node:assert/strict';
import { PkiError } from '@kubepki/core';

/** An error in words, with all the problems that it carries. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no error was thrown: ${String(error)}`;
  const problems = error instanceof PkiError ? error.problems : [];
  return [`${error.name}: ${error.message}`, ...problems.map(({ where, message }) => `  ${where}: ${message}`)].join(
    '\n',
  );
}

/** Runs something that must not fail; where it does, the assertion says while doing what. */
export function during<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw failed(what, error);
  }
}

/** As `during`, for what takes a while. */
export async function duringAsync<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw failed(what, error);
  }
}

function failed(what: string, error: unknown): AssertionError {
  if (error instanceof AssertionError) return error;
  return new AssertionError({ message: `${what}: ${explain(error)}` });
}

/** Runs something that may be refused, but by a PkiError alone; gives the error, or undefined where nothing was refused. */
export function refusal(what: string, run: () => unknown): PkiError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof PkiError) return error;
    if (error instanceof AssertionError) throw error;
    const copy = error instanceof Error && error.name === 'PkiError' ? ' (of another copy of @kubepki/core)' : '';
    return assert.fail(`${what}: it must be refused by a PkiError, and ends in ${explain(error)}${copy}`);
  }
}
