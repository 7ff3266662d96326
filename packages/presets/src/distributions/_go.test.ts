// Not a test of its own: programs in Go that read files as a distribution does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs a program of `loaders` on files in a folder: what it prints, or its error. */
export type Loader = (argument: string) => string | Error;

/** Builds a program of `loaders`; a text says why it cannot be had. */
export function goLoader(name: string): Loader | string {
  if (spawnSync('go', ['version']).status !== 0) return `there is no Go to build the loader of ${name} with`;
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-loader-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, name);
  const cwd = fileURLToPath(new URL(`../../loaders/${name}`, import.meta.url));
  const built = spawnSync('go', ['build', '-o', program, '.'], { cwd, encoding: 'utf8' });
  if (built.status !== 0) return `the loader of ${name} cannot be built: ${built.stderr.trim().split('\n').at(-1)}`;
  return (argument) => {
    const { status, stdout, stderr } = spawnSync(program, [argument], { encoding: 'utf8' });
    return status === 0 ? stdout : new Error(stderr);
  };
}
