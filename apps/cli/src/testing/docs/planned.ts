import type { Out } from '../../output/out.ts';
import { run } from '../../run.ts';
import type { Said } from './reader.ts';

/** What `kubepki plan` says of a cluster file, without a process of its own, which would take a second. */
export async function planned(file: string): Promise<Said> {
  let text = '';
  const say = (line: string) => {
    text += `${line}\n`;
  };
  const plain = (_: unknown, word: string) => word;
  const out: Out = { print: say, note: say, json: () => {}, style: plain, noteStyle: plain };
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  const session = { env: {}, stdin, stdout, stderr, signal, now: () => new Date() };
  return { status: await run(['plan', '-f', file], { session, out }), text };
}
