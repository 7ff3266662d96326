// Not a test of its own: Talos' own way of reading a bundle.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads a bundle as talosctl does: what it finds, or its error. */
export type Load = (bundle: string) => Readonly<Record<string, string>> | Error;

/** Builds it; a text says why it cannot be had. */
export function talosLoader(): Load | string {
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go to build the loader of Talos with';
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-talos-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'loader');
  const cwd = fileURLToPath(new URL('../loader', import.meta.url));
  const built = spawnSync('go', ['build', '-o', program, '.'], { cwd, encoding: 'utf8' });
  if (built.status !== 0) return `the loader of Talos cannot be built: ${built.stderr.trim().split('\n').at(-1)}`;
  return (bundle) => {
    const path = join(folder, 'secrets.yaml');
    writeFileSync(path, bundle, { mode: 0o600 });
    const { status, stdout, stderr } = spawnSync(program, [path], { encoding: 'utf8' });
    return status === 0 ? JSON.parse(stdout) : new Error(stderr);
  };
}
