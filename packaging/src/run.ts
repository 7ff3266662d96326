import { spawn } from 'node:child_process';

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Options = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly timeout?: number };

/** Runs a program to its end. */
export function tryRun(command: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, stderr }));
  });
}

/** Runs a program to its end. @throws where it fails, with what it said */
export async function run(command: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  const ran = await tryRun(command, args, options);
  if (ran.code === 0) return ran;
  throw new Error(`${command} ${args.join(' ')} ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
}
