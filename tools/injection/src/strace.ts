import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const traced = [
  'openat,write,fsync,close,fchmod',
  '?rename,?renameat,?renameat2,?mkdir,?mkdirat,?symlink,?symlinkat,?unlink,?unlinkat,?rmdir,?chmod,?fchmodat',
].join();

/** A system call of the main thread: its text, and which one of its name it is, counted from 1. */
export type SystemCall = { readonly name: string; readonly text: string; readonly count: number };

export const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** Runs a program in TypeScript under strace, and lets that do something to it (kill it at a call). Resolves when it is over. */
export function trace(
  { program, log, inject }: { readonly program: string; readonly log: string; readonly inject?: string },
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const injected = inject === undefined ? [] : ['-e', `inject=${inject}`];
  const strace = ['-y', '-o', log, '-e', `trace=${traced}`, ...injected];
  const node = [process.execPath, '--import=tsx', '--conditions=source', program];
  return new Promise((done) => {
    execFile('strace', [...strace, ...node, ...args], (error, output) => done({ ok: error === null, output }));
  });
}

/** The calls of a log that came after the program was ready, where they have to do with a folder. */
export function callsIn(log: string, folder: string): readonly SystemCall[] {
  const counts = new Map<string, number>();
  const calls: SystemCall[] = [];
  let ready = false;
  for (const text of readFileSync(log, 'utf8').split('\n')) {
    const name = /^(\w+)\(/.exec(text)?.[1];
    if (name === undefined) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    ready ||= text.includes('"ready\\n"');
    if (ready && text.includes(folder)) calls.push({ name, text, count });
  }
  return calls;
}
