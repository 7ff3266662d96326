import type { Fault, PkiError, Problem } from '@kubepki/core';

/** What a person can do something about. Core's PkiError has this form, and is not loaded for it. */
export type Failure = Pick<PkiError, 'code' | 'message' | 'fault' | 'hint' | 'problems'>;

/** A failure that the program itself finds. */
export class AppError extends Error implements Failure {
  override readonly name = 'AppError';
  readonly code: string;
  readonly fault: Fault;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[] = [];

  constructor(
    code: string,
    message: string,
    details: { readonly fault: Fault; readonly hint?: string | undefined; readonly cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fault = details.fault;
    this.hint = details.hint;
  }
}

/** The arguments cannot mean anything. */
export function usage(code: string, message: string, hint?: string): AppError {
  return new AppError(code, message, { fault: 'usage', hint });
}

/** The run was stopped from outside. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly by: 'SIGINT' | 'SIGTERM';

  constructor(by: 'SIGINT' | 'SIGTERM') {
    super('stopped');
    this.by = by;
  }
}

/** What an error is to a person; undefined: a bug. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('fault' in error && 'problems' in error) return error as Error & Failure;
  if (!('syscall' in error && 'code' in error)) return undefined;
  const path = 'path' in error ? `${error.path}: ` : '';
  return new AppError('SYSTEM', `${path}${error.syscall} failed (${error.code})`, { fault: 'system' });
}
