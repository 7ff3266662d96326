import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspectOutput } from './secrets.ts';

const app = new URL('../../apps/cli/', import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL('package.json', app), 'utf8')) as { bin: { kubepki: string } };

/** The program as people have it: built. */
export const program = fileURLToPath(new URL(bin.kubepki, app));

export type Ran = {
  /** The exit code; undefined: it was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it had to be stopped since it did not end. */
  readonly hung: boolean;
};

export type RunOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly umask?: string;
  /** What runs it: strace, setpriv. */
  readonly by?: readonly string[];
  readonly input?: string;
  /** Whether stdout is an archive, which holds keys. */
  readonly archive?: boolean;
  /** What it is called where a key is found in what it prints; otherwise by its arguments. */
  readonly name?: string;
  /** Told when it runs. */
  started?(child: Started): void;
};

export type Started = {
  readonly pid: number | undefined;
  input(text: string): void;
};

const patience = 60_000;

function after(time: number, action: () => void): () => void {
  const timer = setTimeout(action, time);
  return () => clearTimeout(timer);
}

/** Runs the program to its end. What it prints is searched for private keys. */
export function kubepki(args: readonly string[], options: RunOptions): Promise<Ran> {
  const {
    cwd,
    env = {},
    umask,
    by = [],
    input = '',
    archive = false,
    name = args.join(' ').slice(0, 60),
    started,
  } = options;
  const mask = umask === undefined ? [] : ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];
  const [command = '', ...rest] = [...mask, ...by, process.execPath, program, ...args];
  const child = spawn(command, rest, { cwd, env: { PATH: process.env.PATH, ...env }, detached: true });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  if (started === undefined) child.stdin.end(input);
  else started({ pid: child.pid, input: (text) => void child.stdin.end(text) });
  let hung = false;
  const stop = after(patience, () => {
    hung = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      stop();
      const [stdout, stderr] = [Buffer.concat(out), Buffer.concat(err)];
      inspectOutput(`${name}: stderr`, stderr);
      if (!archive) inspectOutput(`${name}: stdout`, stdout);
      resolve({ code: code ?? undefined, stdout: stdout.toString(), stderr: stderr.toString(), hung });
    });
  });
}

/** What is wrong with how a run failed: a person is to be told what and where, and no more. */
export function illTold({ code, stderr, hung }: Ran, path: string): readonly string[] {
  return [
    ...(hung ? ['it did not end'] : []),
    ...(code === 1 ? ['exit 1, which is a bug'] : []),
    ...(/^\s+at .*:\d+/m.test(stderr) ? ['a stack trace'] : []),
    ...(/^error: .+/m.test(stderr) ? [] : ['no error is told']),
    ...(stderr.includes(path) ? [] : [`${path} is not named`]),
  ].map((what) => `${what}: ${stderr.split('\n')[0]}`);
}
