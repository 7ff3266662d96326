/** One thing that is wrong: where it stands, what was found and what to do about it. */
export type Problem = {
  /** A path in the input (`nodes[2].addresses[0]`), a file or an id (`apiserver@cp-1`). */
  readonly where: string;
  readonly message: string;
  readonly hint?: string;
  /** The line in the file that `where` lies in, counted from 1. */
  readonly line?: number;
};

/** Whose fault it is; an app turns it into an exit code (64, 65, 74, 75). */
export type Fault = 'usage' | 'input' | 'system' | 'busy';

// The same symbol in every copy of core, whatever its version.
const brand = Symbol.for('kubepki.PkiError');

/**
 * The error for everything that a user can reach. `message` says what happened in one line, `hint`
 * what to do; `problems` lists all that is wrong where there can be several. None of them ever holds
 * a key or the text of a file. `instanceof` knows the errors of every copy of core: a plugin may bring one of its own.
 */
export class PkiError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is PkiError {
    return typeof value === 'object' && value !== null && brand in value;
  }

  override readonly name = 'PkiError';
  readonly code: string;
  readonly fault: Fault;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: string,
    message: string,
    details: {
      readonly fault?: Fault;
      readonly hint?: string | undefined;
      readonly problems?: readonly Problem[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    // Not enumerable, so that a printed or compared error does not show it.
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    this.fault = details.fault ?? 'input';
    this.hint = details.hint;
    this.problems = details.problems ?? [];
  }
}

/** Throws one error that carries all the problems, or returns where there are none. */
export function refuse(code: string, problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const message = problems.length === 1 ? `${first.where}: ${first.message}` : `${problems.length} problems`;
  throw new PkiError(code, message, { problems, hint: problems.length === 1 ? first.hint : undefined });
}
