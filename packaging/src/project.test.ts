import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import test from 'ava';
import { prepared, tool } from './prepared.ts';
import { run, tryRun } from './run.ts';
import { importable, root } from './workspace.ts';

const { project, nodes } = prepared();
const names = importable.map(({ name }) => name);

type Locked = { readonly hasInstallScript?: boolean };
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const places = Object.keys(lock.packages).filter((place) => place !== '');

test('nothing that is installed has a script that runs at install', (t) => {
  for (const place of places) {
    assert.ok(!lock.packages[place]?.hasInstallScript, place);
    const { scripts = {} } = JSON.parse(readFileSync(join(project, place, 'package.json'), 'utf8'));
    assert.deepEqual(
      Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name)),
      [],
      place,
    );
  }
  t.true(places.length > names.length);
});

test('there is one core, one zod, and one of everything else, and npm finds nothing wrong', async (t) => {
  const nested = places.filter((place) => place.lastIndexOf('node_modules/') > 0);
  t.deepEqual(nested, []);
  const { stdout } = await run('npm', ['ls', '--all', '--json'], { cwd: project });
  t.is(JSON.parse(stdout).problems, undefined);
});

for (const file of ['use.mjs', 'use.cjs', 'consumer.ts']) {
  copyFileSync(join(root, 'packaging', 'consumer', file), join(project, file));
}

for (const { major, executable } of nodes) {
  if (executable === undefined) continue;

  test(`Node ${major} imports every package, and makes a cluster's PKI with them`, async (t) => {
    const { stdout, stderr } = await run(executable, ['use.mjs', ...names], { cwd: project });
    const made = JSON.parse(stdout);
    t.is(Number(made.node.split('.')[0]), major);
    t.deepEqual(made.imported, names);
    t.true(made.files > 20);
    t.is(stderr, '');
  });

  test(`Node ${major} requires every package`, async (t) => {
    const { stdout } = await run(executable, ['--no-warnings', 'use.cjs', ...names], { cwd: project });
    t.deepEqual(JSON.parse(stdout), names);
  });
}

const kinds = [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
] as const;

/** Checks their program and all declarations that it reads, with these types of Node. */
async function check([module, resolution]: (typeof kinds)[number], types: string): Promise<readonly string[]> {
  const config = join(project, `tsconfig.${resolution}.${basename(dirname(dirname(types)))}.json`);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2023',
    lib: ['es2023'],
    module,
    moduleResolution: resolution,
    types: ['node'],
    typeRoots: [types],
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const { stdout } = await run(tool('tsc'), ['-p', config, '--listFiles'], { cwd: project });
  return stdout.split('\n');
}

for (const kind of kinds) {
  test(`TypeScript checks a program of theirs under ${kind[1]}, declarations and all`, async (t) => {
    const files = await check(kind, join(root, 'packaging', 'node_modules', '@types'));
    const read = files.filter((file) => file.startsWith(project));
    t.true(read.some((file) => file.includes('@kubepki/core/dist/index.d.ts')));
    t.deepEqual(
      read.filter((file) => /node_modules\/(pkijs|asn1js)\//.test(file)),
      [],
    );
  });
}

test('TypeScript checks it with the newest types of Node as well', async (t) => {
  const folder = join(dirname(project), 'newest');
  mkdirSync(folder);
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const got = await tryRun('npm', ['install', ...quiet, '--prefix', folder, '@types/node@latest'], { cwd: folder });
  if (got.code !== 0) {
    t.log('the newest @types/node is not to be had here, so not tried');
    t.pass();
    return;
  }
  const types = join(folder, 'node_modules', '@types');
  for (const kind of kinds) t.true((await check(kind, types)).some((file) => file.startsWith(types)));
});
