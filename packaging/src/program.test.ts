import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { packagesIn, prepared, programHome } from './prepared.ts';
import { run } from './run.ts';
import { packages, readManifest, root } from './workspace.ts';

const { program } = prepared();
const kubepki = join(program, 'bin', 'kubepki');
const home = programHome();
const elsewhere = packagesIn(join(home, 'node_modules')).filter((name) => !packages.some((one) => one.name === name));

test('the installed program says its version, and loads no package for it', async (t) => {
  const { stdout } = await run(kubepki, ['--version']);
  t.is(stdout, `${readManifest(home).version}\n`);
  t.deepEqual(loaded(await trace(['--version'])), []);
});

test('pkijs is loaded when a certificate is made, and never before', async (t) => {
  const cwd = mkdtempSync(join(program, 'run-'));
  const signs = async (...args: readonly string[]) => {
    const packages = loaded(await trace(args, cwd));
    if (args[0] !== 'init' && args[0] !== 'schema') assert.ok(packages.includes('@kubepki/core'), args.join(' '));
    return packages.includes('pkijs') || packages.includes('asn1js');
  };
  for (const args of [['init'], ['schema'], ['plan'], ['generate', '--dry-run']])
    t.false(await signs(...args), args.join(' '));
  t.true(await signs('generate'));
  t.false(await signs('generate'), 'a second run, that has nothing to make');
  const [node = ''] = readdirSync(join(cwd, 'pki', 'current', 'nodes'));
  t.false(await signs('export', node, 'out'));
});

test('few packages from elsewhere stand behind the program, each named with its reason and licence', (t) => {
  t.true(elsewhere.length <= 12, `${elsewhere.length} packages: ${elsewhere.join(', ')}`);
  const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const [, , ...rows] = page.split('\n').filter((line) => line.startsWith('|'));
  const named = rows.map((row) => {
    const [, name = '', licence = '', , reason = ''] = row.split('|').map((cell) => cell.trim());
    t.true(reason.length > 5, `why ${name}?`);
    return `${name} ${licence}`;
  });
  const found = elsewhere.map((name) => {
    const { license } = JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${license}`;
  });
  t.deepEqual(named.sort(), found.sort());
});

/** Runs the program in a folder and gives the address of every module that it loaded. */
async function trace(args: readonly string[], cwd = program): Promise<readonly string[]> {
  const list = join(mkdtempSync(join(program, 'trace-')), 'list');
  const hook = join(root, 'packaging', 'consumer', 'trace.mjs');
  const main = join(home, 'dist', 'main.js');
  await run(process.execPath, ['--import', hook, main, ...args], { cwd, env: { ...process.env, TRACE: list } });
  return readFileSync(list, 'utf8').split('\n');
}

/** The packages that some modules belong to, but for the program's own. */
function loaded(urls: readonly string[]): readonly string[] {
  const names = urls.map((url) => /\/kubepki\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
