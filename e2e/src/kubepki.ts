import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What runs a TypeScript file of this workspace from its source. */
export const node: readonly [string, ...string[]] = [process.execPath, '--import', tsx, '--conditions=source'];

type Given = { readonly cwd: string; readonly input?: string };

/** Runs the program as a person would, and returns what it printed. Throws with its message when it fails. */
export function kubepki(args: readonly string[], given: Given): Buffer {
  return run({ name: 'kubepki', folder: 'cli' }, args, given);
}

/** Runs the example of a thin app in the same way. */
export function kubeadmPki(args: readonly string[], given: Given): Buffer {
  return run({ name: 'kubeadm-pki', folder: 'kubeadm-pki' }, args, given);
}

type App = { readonly name: string; readonly folder: string };

function run(app: App, args: readonly string[], { cwd, input }: Given): Buffer {
  const { INIT_CWD: _, ...env } = process.env;
  const [command, ...options] = node;
  const main = fileURLToPath(new URL(`../../apps/${app.folder}/src/main.ts`, import.meta.url));
  const done = spawnSync(command, [...options, main, ...args], { cwd, env, input, maxBuffer: 2 ** 28 });
  if (done.status === 0) return done.stdout;
  throw new Error(`${app.name} ${args.join(' ')} ended with ${done.status ?? done.signal}\n${done.stderr}`);
}
