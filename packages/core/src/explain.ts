import { type Fault, PkiError, type Problem } from './error.ts';

const exitCodes = { usage: 64, input: 65, system: 74, busy: 75 } as const satisfies Readonly<Record<Fault, number>>;

/** What an app prints of an error, and the code that it ends with. */
export type Explained = { readonly text: string; readonly exitCode: (typeof exitCodes)[Fault] };

/**
 * An error as a person reads it: what happened, every problem, what to do; and the exit code for whose fault it is.
 * One of the system, such as a file that is not there, is told in a line.
 * @throws the error itself where it is neither, which is a bug
 */
export function explain(error: unknown): Explained {
  if (error instanceof PkiError) return { text: [...lines(error)].join('\n'), exitCode: exitCodes[error.fault] };
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  return { text: `error: ${error.message}`, exitCode: exitCodes.system };
}

function* lines({ message, hint, problems }: PkiError): Generator<string> {
  yield `error: ${message}`;
  // One problem alone is in the message, with its hint.
  const told = problems.length === 1 && problems.every((problem) => message.includes(problem.message));
  if (!told) for (const problem of problems) yield* problemLines(problem);
  if (hint !== undefined) yield `hint: ${hint}`;
}

function* problemLines({ where, message, hint, line }: Problem): Generator<string> {
  yield `  ${line === undefined ? '' : `line ${line}: `}${where}: ${message}`;
  if (hint !== undefined) yield `    ${hint}`;
}
