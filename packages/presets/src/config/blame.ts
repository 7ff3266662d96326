import { PkiError } from '@kubepki/core';

/** Whose fault it is, and what to do about it. */
export type Blame = { readonly code: string; readonly who: string; readonly hint?: string };

const debug = 'KUBEPKI_DEBUG=1 shows where';
const fault = 'this is a fault of the plugin; tell its authors, or leave it out';

/** The error for somebody else's code that did not do what it should. */
export function blame(what: string, { code, who, hint = fault }: Blame, cause?: unknown): PkiError {
  return new PkiError(code, `${who} ${what}`, { hint, ...(cause === undefined ? {} : { cause }) });
}

/** Runs somebody else's code. What it throws becomes an error that names it; a PkiError keeps its code, its hint and its problems. */
export function blaming<T>(action: () => T, whose: Blame): T {
  try {
    return action();
  } catch (error) {
    throw blamed(error, whose);
  }
}

/** As `blaming`, for code that takes its time. */
export async function blamingLater<T>(action: () => T | PromiseLike<T>, whose: Blame): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw blamed(error, whose);
  }
}

/** What was thrown, in a line; nothing of what looks like a key. */
export function said(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [first = '', second = ''] = message.split('\n').map((line) => line.trim());
  const line = (first.endsWith(':') ? `${first} ${second}` : first).replace(/\p{C}+/gu, ' ');
  if (line === '' || message.includes('-----')) return error instanceof Error ? error.name : 'it threw';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** An error of core with another message. */
export function withMessage(error: PkiError, message: string): PkiError {
  if (error.message === message) return error;
  const { code, fault, hint, problems } = error;
  return new PkiError(code, message, { fault, hint, problems, cause: error });
}

const longest = 300;

/** What somebody else's code threw, as an error that names it. */
export function blamed(error: unknown, whose: Blame): PkiError {
  if (!(error instanceof PkiError))
    return blame(`failed: ${said(error)}`, { hint: `${fault}; ${debug}`, ...whose }, error);
  const { message } = error;
  return withMessage(error, message.startsWith(whose.who) ? message : `${whose.who}: ${message}`);
}
