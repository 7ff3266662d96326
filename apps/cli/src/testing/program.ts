import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

export type Done = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What came on stdout, as bytes. */
  readonly bytes: Buffer;
};
export type Settings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly umask?: string;
};

/** A folder of its own and the program, run there as a person would. */
export type Desk = {
  readonly cwd: string;
  kubepki(args: readonly string[], settings?: Settings): Promise<Done>;
  /** Starts the program and does not wait for its end. */
  start(args: readonly string[]): { readonly child: ChildProcessWithoutNullStreams; readonly done: Promise<Done> };
  path(...names: string[]): string;
  read(path: string): string;
  /** Writes a file; what is no text is written as JSON, which is YAML too. */
  write(path: string, content: unknown): void;
  /** Everything below a path, with what would show that it was touched. */
  look(path?: string): Readonly<Record<string, string>>;
};

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bundle = [installed(at('../../dist/bundle/kubepki.mjs'))];
const sources = ['--import', import.meta.resolve('tsx'), '--conditions=source', at('../main.ts')];
/** What people have, in a third of the time; the sources where KUBEPKI_TEST_SOURCES=1 asks for them. */
const program = process.env.KUBEPKI_TEST_SOURCES === '1' ? sources : bundle;
let free = 3;
const waiting: (() => void)[] = [];

/** A link to the program with its name in a folder, as npm installs it; it is gone with this process. */
function installed(bundled: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-bin-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const link = join(folder, 'kubepki');
  symlinkSync(bundled, link);
  return link;
}

/** A folder that is gone after the test. */
export function temporary(t: ExecutionContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-cli-')));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function desk(t: ExecutionContext, cwd = temporary(t)): Desk {
  const start = (args: readonly string[], { env = {}, input = '', umask = '022' }: Settings = {}) => {
    const child = spawn('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, ...program, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return { child, done: finished(child) };
  };
  return {
    cwd,
    start,
    async kubepki(args, settings) {
      await turn();
      const done = await start(args, settings).done;
      end();
      t.notRegex(done.stderr + (args[0] === 'export' ? '' : done.stdout), /PRIVATE KEY/, 'a private key was printed');
      return done;
    },
    path: (...names) => join(cwd, ...names),
    read: (path) => readFileSync(join(cwd, path), 'utf8'),
    write: (path, content) =>
      writeFileSync(join(cwd, path), typeof content === 'string' ? content : JSON.stringify(content)),
    look: (path = '.') => Object.fromEntries(everything(join(cwd, path))),
  };
}

/** Tests of a file run at once; so many programs are enough for a machine. */
async function turn(): Promise<void> {
  if (free === 0) await new Promise<void>((begin) => waiting.push(begin));
  else free -= 1;
}

function end(): void {
  const next = waiting.shift();
  if (next === undefined) free += 1;
  else next();
}

function finished(child: ChildProcessWithoutNullStreams): Promise<Done> {
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const bytes = Buffer.concat(out);
      resolve({ status, stdout: bytes.toString(), stderr, bytes });
    });
  });
}

function* everything(folder: string): Generator<[string, string]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const stats = lstatSync(path, { bigint: true });
    const mode = (Number(stats.mode) & 0o777).toString(8);
    yield [
      name,
      `${stats.isSymbolicLink() ? readlinkSync(path) : ''} ${mode} ${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs}`,
    ];
  }
}

/** A cluster of one node. */
export const one = { nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }] };

/** A cluster of a control plane and a worker. */
export const two = {
  name: 'two',
  controlPlaneEndpoint: 'api.example.com',
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.21'] },
  ],
};
