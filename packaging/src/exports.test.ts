import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { type Names, publicNames } from './names.ts';
import { installed } from './prepared.ts';
import { run } from './run.ts';
import { importable, type Package, root } from './workspace.ts';

const file = join(root, 'packaging', 'exports.json');
const update = process.env.KUBEPKI_UPDATE_EXPORTS === '1';
const pinned: Record<string, Names> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const now = Object.fromEntries(
  importable.flatMap((one) => entries(one).map(({ name, types }) => [name, publicNames(types)])),
);

if (update) {
  writeFileSync(file, JSON.stringify(now));
  await run(join(root, 'node_modules', '.bin', 'biome'), ['format', '--write', file], { cwd: root });
}

for (const one of importable) {
  for (const { name, code } of entries(one)) {
    test(`the public names of ${name} are those of packaging/exports.json`, async (t) => {
      const values = Object.keys(await import(pathToFileURL(code).href)).filter((key) => key !== 'default');
      const names = now[name];
      t.deepEqual(names?.values, values.sort(), 'the declarations and the module differ');
      const before = update ? names : pinned[name];
      const changes = [...differences(before?.values, names?.values), ...differences(before?.types, names?.types)];
      t.deepEqual(
        changes,
        [],
        `${name} has other public names than packaging/exports.json says. Where that is meant, have the file ` +
          'written anew with `KUBEPKI_UPDATE_EXPORTS=1 npm run packaging`, and describe it with `npm run changeset`.',
      );
    });
  }
}

test('packaging/exports.json names no package that is not there', (t) => {
  if (update) t.pass();
  else t.deepEqual(Object.keys(pinned).sort(), Object.keys(now).sort());
});

/** What can be imported from a package: its name, and whatever else its exports offer. */
function entries(one: Package) {
  return Object.entries(one.manifest.exports ?? {}).flatMap(([path, target]) => {
    const { types, default: code } = target as { readonly types?: string; readonly default?: string };
    if (types === undefined || code === undefined) return [];
    return [{ name: one.name + path.slice(1), types: join(installed(one), types), code: join(installed(one), code) }];
  });
}

function differences(before: readonly string[] = [], after: readonly string[] = []): readonly string[] {
  return [
    ...after.filter((name) => !before.includes(name)).map((name) => `+ ${name}`),
    ...before.filter((name) => !after.includes(name)).map((name) => `- ${name}`),
  ];
}
