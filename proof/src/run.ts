import { spawn } from 'node:child_process';

export type Ran = { readonly code: number; readonly output: string };

/** Runs a program to its end, and gives both its outputs as one text. @throws where it takes too long */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { seconds = 60, env = process.env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true });
    const stop = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(new Error(`${command} took more than ${seconds} seconds`));
    }, seconds * 1000);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(stop);
      resolve({ code: code ?? 128, output });
    });
  });
}

type RunOptions = { readonly seconds?: number; readonly env?: NodeJS.ProcessEnv };

/** Does something with each of many, two at a time. */
export async function two<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all([worker(), worker()]);
}
