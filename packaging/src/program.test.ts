import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import test from 'ava';
import { packagesIn, prepared, programHome, programOf } from './prepared.ts';
import { run } from './run.ts';
import { packages, readManifest, root } from './workspace.ts';

const { program } = prepared();
const kubepki = join(program, 'bin', 'kubepki');
const home = programHome();
const bundle = join(home, 'dist', 'bundle');
const start = programOf(home);
const elsewhere = packagesIn(join(home, 'node_modules')).filter((name) => !packages.some((one) => one.name === name));

test('the installed program says its version, and loads next to nothing for it', async (t) => {
  const { stdout } = await run(kubepki, ['--version']);
  t.is(stdout, `${readManifest(home).version}\n`);
  const files = await trace(['--version']);
  t.deepEqual(files, [start]);
  t.true(statSync(start).size < 10_000, `${statSync(start).size} bytes`);
});

test('without a config the program is two files', async (t) => {
  const cwd = mkdtempSync(join(program, 'bundle-'));
  for (const command of ['init', 'plan', 'generate', 'status'])
    t.deepEqual(await trace([command], { cwd }), [start, join(bundle, 'program.mjs')], command);
});

test('pkijs is loaded for a certificate of an unusual form alone', async (t) => {
  const cwd = mkdtempSync(join(program, 'run-'));
  const main = join(home, 'dist', 'main.js');
  const signs = async (...args: readonly string[]) => {
    const packages = (await trace(args, { cwd, main })).map(packageOf);
    if (args[0] !== 'init' && args[0] !== 'schema') assert.ok(packages.includes('@kubepki/core'), args.join(' '));
    return packages.includes('pkijs') || packages.includes('asn1js');
  };
  for (const args of [['init'], ['schema'], ['plan'], ['generate', '--dry-run']])
    t.false(await signs(...args), args.join(' '));
  t.false(await signs('generate'), 'all that is usual is written without it');
  t.false(await signs('generate'), 'a second run, that has nothing to make');
  const unusual = {
    nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
    users: [{ name: 'jane', groups: ['Köln'] }],
  };
  writeFileSync(join(cwd, 'unusual.yaml'), JSON.stringify(unusual));
  t.true(await signs('generate', '-f', 'unusual.yaml', '-o', 'unusual'));
  const [node = ''] = readdirSync(join(cwd, 'pki', 'current', 'nodes'));
  t.false(await signs('export', node, 'out'));
});

test('with a config it is the modules that the plugins of the config import too', async (t) => {
  const cwd = mkdtempSync(join(program, 'config-'));
  const folder = mkdtempSync(join(cwd, 'beside-'));
  const config = join(folder, 'kubepki.config.mjs');
  const cluster = join(folder, 'cluster.yaml');
  writeFileSync(config, 'export default {};\n');
  writeFileSync(cluster, 'nodes: [{ name: cp-1, addresses: [10.0.0.11] }]\n');
  writeFileSync(join(cwd, 'cluster.yaml'), text(cluster));
  for (const [args, where] of [
    [['plan'], folder],
    [['plan', `-f${cluster}`], cwd],
    [[`--config=${config}`, 'plan'], cwd],
  ] as const) {
    const [first, ...files] = await trace(args, { cwd: where });
    t.is(first, start, args.join(' '));
    for (const one of files) t.false(one.startsWith(bundle), one);
    const packages = files.map(packageOf);
    t.true(packages.includes('@kubepki/core') && packages.includes('zod'), args.join(' '));
  }
  const without = await trace(['plan', '-f', cluster, '--no-config'], { cwd });
  for (const one of without) t.true(one.startsWith(bundle), one);
});

test('the bundle has the licence of all that is in it, and nothing of this machine', (t) => {
  const names = readdirSync(bundle);
  t.deepEqual(names.sort(), ['LICENSES.txt', 'elk.mjs', 'kubepki.mjs', 'program.mjs']);
  // What draws is a file of its own, which is minified.
  const within = [...bundled(text(join(bundle, 'program.mjs'))), 'elkjs'];
  t.deepEqual(within.toSorted(), [...elsewhere].sort());
  const licences = text(join(bundle, 'LICENSES.txt'));
  for (const name of within) {
    const { version, license } = JSON.parse(text(join(home, 'node_modules', name, 'package.json')));
    t.true(licences.includes(`${name} ${version} (${license})\n`), `${name} ${version}`);
  }
  for (const name of names) t.false(text(join(bundle, name)).includes(root), name);
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

/** Runs the program and gives the path of every file of its own and of its packages that it loaded, in that order. */
async function trace(
  args: readonly string[],
  { cwd = program, main = start }: { readonly cwd?: string; readonly main?: string } = {},
): Promise<readonly string[]> {
  const list = join(mkdtempSync(join(program, 'trace-')), 'list');
  const hook = join(root, 'packaging', 'consumer', 'trace.mjs');
  await run(process.execPath, ['--import', hook, main, ...args], { cwd, env: { ...process.env, TRACE: list } });
  const urls = text(list).split('\n');
  return urls.filter((url) => url.startsWith(pathToFileURL(home).href)).map((url) => fileURLToPath(url));
}

/** The package that a file belongs to; undefined: the program's own. */
function packageOf(path: string): string | undefined {
  return /\/kubepki\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** The packages from elsewhere of which there is code in a bundle, by the comments in front of it. */
function bundled(code: string): ReadonlySet<string> {
  const comments = code.matchAll(/^\s*\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S*$/gm);
  return new Set([...comments].flatMap(([, name]) => name ?? []));
}

function text(path: string): string {
  return readFileSync(path, 'utf8');
}
