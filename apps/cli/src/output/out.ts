import { styleText } from 'node:util';

// The rules of output.
// 1. stdout has what was asked for and nothing else. With --json that is one JSON document, also for a failure.
// 2. stderr has everything else: errors, warnings, progress, and what a tar on stdout leaves no room for.
// 3. Colour and progress are for terminals; NO_COLOR is respected. Nothing is said by colour alone.
// 4. Messages begin in lower case and end without a full stop. An error says what was found, its hint what to do.
// 5. Commands that are printed work as they stand: right prefix, right paths, quoted for a shell.
// 6. No private key and no text of a file is ever printed.

type Format = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Where a command's result goes. */
export type Out = {
  /** Lines on stdout. */
  print(text: string): void;
  /** The one JSON document on stdout. */
  json(value: unknown): void;
  /** Lines on stderr. */
  note(text: string): void;
  /** Styles what goes to stdout, or to stderr. */
  style(format: Format, text: string): string;
  noteStyle(format: Format, text: string): string;
};

type Stream = NodeJS.WriteStream;

export function outTo({
  stdout,
  stderr,
  env,
}: {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: NodeJS.ProcessEnv;
}): Out {
  const styleFor = (stream: Stream) => (format: Format, text: string) =>
    isColourful(stream, env) ? styleText(format, text, { validateStream: false }) : text;
  return {
    print: (text) => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    style: styleFor(stdout),
    noteStyle: styleFor(stderr),
  };
}

/** https://no-color.org: set and not empty. */
function isColourful(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
