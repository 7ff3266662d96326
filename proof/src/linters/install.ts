import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run.ts';

const cache = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'node_modules', '.cache');
/** For a registry that does not answer. */
const seconds = 150;

/** A linter's program, or why it cannot be had. */
export type Linter = { readonly program: string } | { readonly reason: string };

/** zlint from the module proxy of Go, installed once. */
export function zlint(version = '3.7.3'): Promise<Linter> {
  const folder = join(cache, `zlint-${version}`);
  return installed(folder, { needs: ['go', 'version'], program: 'zlint' }, async () => {
    const env = { ...process.env, GOBIN: folder };
    await strictly('go', ['install', `github.com/zmap/zlint/v3/cmd/zlint@v${version}`], env);
  });
}

/** The Python of a virtual environment that has pkilint, installed once. */
export function pkilint(version = '0.13.3'): Promise<Linter> {
  const folder = join(cache, `pkilint-${version}`);
  return installed(folder, { needs: ['python3', '--version'], program: join('bin', 'python') }, async () => {
    await strictly('python3', ['-m', 'venv', folder]);
    const quiet = ['--quiet', '--no-input', '--disable-pip-version-check', '--timeout=20', '--retries=1'];
    await strictly(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', ...quiet, `pkilint==${version}`]);
  });
}

type Way = { readonly needs: readonly [string, ...string[]]; readonly program: string };

async function installed(folder: string, { needs, program }: Way, install: () => Promise<void>): Promise<Linter> {
  const found = { program: join(folder, program) };
  const done = `${folder}.installed`;
  if (existsSync(done) && existsSync(found.program)) return found;
  const [command, ...args] = needs;
  if (spawnSync(command, args).status !== 0) return { reason: `there is no ${command} here` };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await install();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { reason: `it could not be installed: ${String(error).split('\n')[0]}` };
  }
  mkdirSync(`${done}.new`, { recursive: true });
  renameSync(`${done}.new`, done);
  return found;
}

async function strictly(command: string, args: readonly string[], env = process.env): Promise<void> {
  const { code, output } = await run(command, args, { seconds, env });
  if (code !== 0) throw new Error(output.trim().split('\n').at(-1));
}
