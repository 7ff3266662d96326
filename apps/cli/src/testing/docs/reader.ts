import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { temporary } from '../program.ts';
import { root } from './blocks.ts';

export type Said = {
  readonly status: number | null;
  /** What came on stdout and on stderr, as a terminal shows it. */
  readonly text: string;
};

/** Somebody who reads a page and types what it says, in a shell of their own. */
export type Reader = {
  /** Runs a script in the folder where the last one ended, and stops at the first command that fails. */
  sh(script: string): Promise<Said>;
  /** Writes a file there, and gives its path. */
  save(file: string, text: string): string;
};

const tools = join(import.meta.dirname, 'bin');
const tsx = createRequire(import.meta.url).resolve('tsx/package.json');

export function reader(t: ExecutionContext, place: 'clone' | 'project'): Reader {
  const around = temporary(t);
  let cwd = join(around, place);
  mkdirSync(cwd);
  if (place === 'clone') clone(cwd);
  else writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }\n');
  mkdirSync(join(around, 'home'));
  const env = {
    PATH: [tools, process.env.PATH].join(delimiter),
    HOME: join(around, 'home'),
    // What the programs of `bin` need.
    DOCS_ROOT: root,
    DOCS_TSX: import.meta.resolve('tsx'),
    DOCS_HOSTS: join(around, 'hosts'),
    KUBEBUILDER_ASSETS: process.env.KUBEBUILDER_ASSETS,
    // npm asks nobody.
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return {
    async sh(script) {
      // The last line tells the folder on a channel of its own.
      const args = ['-c', 'exec sh -ec "$1" 2>&1', 'sh', `${script}\npwd >&3`];
      const child = spawn('sh', args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
      const [status, text, folder] = await Promise.all([ended(child), all(child, 1), all(child, 3)]);
      if (folder !== '') cwd = folder.trimEnd();
      return { status, text };
    },
    save(file, text) {
      const path = join(cwd, file);
      writeFileSync(path, text);
      return path;
    },
  };
}

/** A folder that stands for a clone of this repository: `npm start` runs these sources, and installs nothing. */
function clone(folder: string): void {
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  mkdirSync(join(folder, 'scripts'));
  for (const script of ['start.mjs', 'source.mjs', 'child.mjs'])
    copyFileSync(join(root, 'scripts', script), join(folder, 'scripts', script));
  const installed = `export const root = ${JSON.stringify(root)};\nexport async function install() {}\n`;
  writeFileSync(join(folder, 'scripts/install.mjs'), installed);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(dirname(tsx), join(folder, 'node_modules/tsx'));
  // What `npm run build` makes of it.
  const built = join(folder, 'apps/kubeadm-pki/dist');
  mkdirSync(built, { recursive: true });
  const code = `import { runSource } from '../../../scripts/source.mjs';
process.exitCode = await runSource('apps/kubeadm-pki/src/main.ts', process.argv.slice(2));\n`;
  writeFileSync(join(built, 'main.js'), code);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
}

async function all(child: ChildProcess, channel: number): Promise<string> {
  const stream = child.stdio[channel] as AsyncIterable<Buffer> | null | undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
