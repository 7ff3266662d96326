import type { Out } from '../output/out.ts';
import { run } from '../run.ts';

export type InProcess = {
  /** The clock. */
  readonly now?: Date;
  /** The columns of a terminal on stdout. */
  readonly columns?: number;
};
export type Printed = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** Runs the program in this process, where its clock and its terminal are the test's; a style is marked as `<red>…</>`. */
export async function inProcess(
  argv: readonly string[],
  { now = new Date(), columns }: InProcess = {},
): Promise<Printed> {
  const said: { readonly stdout: string[]; readonly stderr: string[] } = { stdout: [], stderr: [] };
  const style = (format: string, text: string) => (columns === undefined ? text : `<${format}>${text}</>`);
  const out: Out = {
    print: (text) => void said.stdout.push(text),
    json: (value) => void said.stdout.push(JSON.stringify(value)),
    note: (text) => void said.stderr.push(text),
    style,
    noteStyle: (_, text) => text,
  };
  const { stdin, stderr } = process;
  const stdout = { ...(columns === undefined ? {} : { isTTY: true, columns }) } as NodeJS.WriteStream;
  const session = { env: {}, stdin, stdout, stderr, signal: new AbortController().signal, now: () => now };
  const status = await run(argv, { session, out });
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  return { status, stdout: text(said.stdout), stderr: text(said.stderr) };
}
