import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import test from 'ava';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { prepared } from './prepared.ts';
import { run } from './run.ts';
import { importable, isPlugin, type Manifest, packages } from './workspace.ts';

const { tarballs } = prepared();

const packed = await Promise.all(
  packages.map(async (one) => {
    const path = tarballs[one.name] ?? '';
    const { stdout: list } = await run('tar', ['-tzf', path]);
    const { stdout: text } = await run('tar', ['-xzOf', path, 'package/package.json']);
    const files = list.split('\n').filter((file) => file !== '');
    return { ...one, path, files, manifest: JSON.parse(text) as Manifest };
  }),
);

test('a package holds its licence, a readme and what its manifest names, and neither tests nor notes of the compiler', (t) => {
  for (const { name, files, manifest } of packed) {
    for (const file of ['LICENSE', 'README.md', ...namedIn(manifest)])
      assert.ok(files.includes(`package/${file}`), `${name} lacks ${file}`);
    const own = files.filter((file) => !file.startsWith('package/templates/'));
    const stray = own.filter((file) => /\.test\.|tsbuildinfo|\/testing\/|\/\.turbo|tsconfig|ava\.config/.test(file));
    assert.deepEqual(stray, [], name);
    const lost = files.filter((file) => file.endsWith('.js.map') && !files.includes(sourceOf(file)));
    assert.deepEqual(lost, [], `${name}: built from sources that are gone; remove its dist folder and build again`);
  }
  t.pass();
});

test('a manifest has no script that runs at install, and no range that only this repository can read', (t) => {
  for (const { name, manifest } of packed) {
    const scripts = Object.keys(manifest.scripts ?? {});
    assert.deepEqual(scripts.filter(runsAtInstall), [], name);
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies });
    assert.deepEqual(
      ranges.filter((range) => /^(workspace|catalog|file|link):/.test(range)),
      [],
      name,
    );
  }
  t.pass();
});

test('core and zod are peers of every plugin, and every range of them lets one copy be shared', (t) => {
  const zod = new Set<string>();
  for (const one of packed) {
    const { dependencies = {}, peerDependencies = {} } = one.manifest;
    if (isPlugin(one)) {
      assert.deepEqual(Object.keys(peerDependencies).sort(), ['@kubepki/core', 'zod'], one.name);
      // The tokens of Talos come in a file that its own program writes.
      const reads = one.name === '@kubepki/emitter-talos' ? ['yaml'] : [];
      assert.deepEqual(Object.keys(dependencies), reads, one.name);
    }
    for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      if (name === 'zod') zod.add(range);
      if (name === 'zod' || name.includes('kubepki')) assert.match(range, /^\^/, `${one.name} wants ${name} ${range}`);
    }
  }
  assert.equal(zod.size, 1, `zod is wanted as ${[...zod].join(' and ')}`);
  t.pass();
});

for (const { name, path } of packed) {
  test(`publint has nothing to say about ${name}`, async (t) => {
    const tarball = new Uint8Array(readFileSync(path)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    // A template is the package.json of a package that is yet to be.
    const own = messages.filter(
      (message) => !('filePath' in message.args && /^\.?\/?templates\//.test(`${message.args.filePath}`)),
    );
    t.deepEqual(
      own.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });
}

for (const { name } of importable) {
  test(`the types of ${name} are found by everyone who can import it`, async (t) => {
    const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(tarballs[name] ?? '')));
    const analysis = await checkPackage(tarball);
    assert.ok(analysis.types !== false, 'it has no types');
    // A package of ES modules alone: what neither looks at exports nor can import one is not asked.
    const problems = analysis.problems.filter(
      (problem) => !('resolutionKind' in problem) || ['node16-esm', 'bundler'].includes(problem.resolutionKind),
    );
    t.deepEqual(problems, []);
  });
}

function namedIn({ exports = {}, bin = {} }: Manifest): readonly string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(leaves);
  return [...leaves(exports), ...Object.values(bin)].map((path) => path.replace(/^\.\//, ''));
}

function sourceOf(map: string): string {
  return map.replace('/dist/', '/src/').replace(/\.js\.map$/, '.ts');
}

function runsAtInstall(script: string): boolean {
  return /^(pre|post)?(install|prepare)$|^prepublish$/.test(script);
}
