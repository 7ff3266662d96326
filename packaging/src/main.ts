// Packs every package, installs the tarballs, and has the tests look at what came of it.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNodes, type Node } from './nodes.ts';
import { type Prepared, tool, variable } from './prepared.ts';
import { serve } from './registry.ts';
import { run } from './run.ts';
import { sweep } from './sweep.ts';
import { type Package, packages, root } from './workspace.ts';

const work = mkdtempSync(join(tmpdir(), 'kubepki-packaging-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

await prepare();
process.exitCode = await test(process.argv.slice(2));

async function prepare(): Promise<void> {
  const nodes = findNodes(work);
  const tarballs: Record<string, string> = {};
  for (const one of packages) tarballs[one.name] = await pack(one);
  const registry = await serve(tarballs);
  // The one as a person does it, the other as where scripts are not trusted.
  const [project, program] = await Promise.all([
    install(join(work, 'project'), Object.values(tarballs), []),
    install(
      join(work, 'program'),
      [tarballs.kubepki ?? ''],
      ['--global', '--ignore-scripts', `--@kubepki:registry=${registry.url}`],
    ),
  ]);
  registry.close();
  say(await nodes);
  const all: Prepared = { tarballs, project, program, nodes: await nodes };
  writeFileSync(join(work, 'prepared.json'), JSON.stringify(all));
}

async function pack({ name, folder }: Package): Promise<string> {
  const to = join(work, 'tarballs', name.replace('/', '-'));
  mkdirSync(to, { recursive: true });
  sweep(folder);
  await run('pnpm', ['pack', '--pack-destination', to], { cwd: folder });
  const [file] = readdirSync(to);
  if (file === undefined) throw new Error(`${name} was packed to nowhere`);
  return join(to, file);
}

async function install(folder: string, files: readonly string[], options: readonly string[]): Promise<string> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...options, ...quiet, '--prefix', folder, ...files], { cwd: folder });
  return folder;
}

function say(nodes: readonly Node[]): void {
  const missing = nodes.filter(({ executable }) => executable === undefined).map(({ major }) => major);
  if (missing.length > 0) console.log(`not to be had here, so not tried: Node ${missing.join(', ')}`);
}

function test(args: readonly string[]): Promise<number> {
  const child = spawn(tool('ava'), args, {
    cwd: join(root, 'packaging'),
    env: { ...process.env, [variable]: work },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
