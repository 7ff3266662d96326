import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../../shared/rivals/', import.meta.url));

/** Builds the rival in Go, which makes certificates in a loop; undefined where there is no Go, or not its source. */
export function buildGo(folder: string): string | undefined {
  if (!existsSync(`${source}main.go`) || spawnSync('go', ['version']).status !== 0) return undefined;
  const program = `${folder}/rival`;
  execFileSync('go', ['build', '-o', program, '.'], { cwd: source });
  return program;
}

/** Seconds that Go computed for so many certificates in memory, by one worker. */
export function runGo(program: string, count: number): number {
  // The shell tells the times of its children, which Node does not.
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null', program, '-n', `${count}`, '-w', '1'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stderr
    .trim()
    .split(/\s+/)
    .slice(-2)
    .reduce((sum, seconds) => sum + Number(seconds), 0);
}

/** Seconds that passed while Go made certificates, by the arguments of its program. */
export function clockGo(program: string, args: readonly string[]): number {
  const start = performance.now();
  execFileSync(program, args, { stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}
