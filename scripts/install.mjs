// Installs what the workspace needs, and does nothing where that was done already.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const modules = join(root, 'node_modules');
const stamp = join(modules, '.kubepki-installed.json');
const bin = join(modules, '.bin');
const windows = process.platform === 'win32';

/** Installs unless the last install still fits; ends the process with pnpm's output and code when that fails. */
export async function install() {
  const wanted = fingerprint();
  const last = readStamp();
  if (last?.fingerprint === wanted && last.folders.every((folder) => existsSync(join(root, folder, 'node_modules')))) {
    return;
  }
  // pnpm compares manifests and the lockfile only, so it would not notice a folder that was removed.
  if (last?.fingerprint === wanted) rmSync(modules, { recursive: true, force: true });

  const first = !existsSync(join(modules, '.modules.yaml'));
  const slow = setTimeout(() => process.stderr.write('installing …\n'), first ? 0 : 2000);
  const { code, output } = await pnpmInstall();
  clearTimeout(slow);
  if (code !== 0) {
    process.stderr.write(`${output}\nThe install failed; nothing was run.\n`);
    process.exit(code);
  }
  mkdirSync(modules, { recursive: true });
  const folders = manifests()
    .map((path) => dirname(path))
    .filter((folder) => existsSync(join(root, folder, 'node_modules')));
  writeFileSync(stamp, `${JSON.stringify({ fingerprint: wanted, folders })}\n`);
}

/** The environment in which the workspace's own tools are found first. */
export function toolEnv(extra = {}) {
  const path = `${bin}${windows ? ';' : ':'}${process.env.PATH ?? ''}`;
  return { ...process.env, PATH: path, ...extra };
}

async function pnpmInstall() {
  const local = join(bin, windows ? 'pnpm.cmd' : 'pnpm');
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
  const ways = [...(existsSync(local) ? [[local]] : []), ['npx', '--yes', version]];
  let result;
  for (const [command, ...args] of ways) {
    result = await collect(command, [...args, 'install', '--frozen-lockfile', '--prod=false']);
    if (result.started) break;
  }
  return result;
}

async function collect(command, args) {
  let output = '';
  const keep = (chunk) => {
    output += chunk;
  };
  // CI: pnpm asks nothing, also where an older node_modules has to go.
  const env = { ...process.env, CI: 'true' };
  try {
    const code = await run(
      command,
      args,
      { cwd: root, env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] },
      (child) => {
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
      },
    );
    return { started: true, code, output };
  } catch (error) {
    return { started: false, code: 127, output: `${command}: ${error.message}` };
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const path of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/** Every package.json of the workspace's folders, sorted. */
function manifests(folder = root, depth = 0) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'package.json') found.push(relative(root, join(folder, entry.name)));
    const skip = entry.name.startsWith('.') || ['node_modules', 'dist', 'src'].includes(entry.name);
    if (entry.isDirectory() && !skip && depth < 3) found.push(...manifests(join(folder, entry.name), depth + 1));
  }
  return found.sort();
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return undefined;
  }
}
