import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { packagesIn, prepared, programHome } from './prepared.ts';
import { run, tryRun } from './run.ts';
import { readManifest, root } from './workspace.ts';

const { nodes, project } = prepared();
const folder = mkdtempSync(join(dirname(project), 'single-file-'));
const bundle = join(folder, 'bundle');
const file = join(bundle, 'kubepki.mjs');
const { version } = readManifest(join(root, 'apps', 'cli'));
const apart = ['--map-root-user', '--net', '--'];
const canBeApart = await tryRun('unshare', [...apart, 'true']).then(
  ({ code }) => code === 0,
  () => false,
);

test.before(() => run(process.execPath, [join(root, 'scripts', 'bundle.mjs'), bundle]));

test('the single file has its checksum, as sha256sum reads it, and is the same each time', async (t) => {
  const { stdout } = await run('sha256sum', ['--check', 'kubepki.mjs.sha256'], { cwd: bundle });
  t.is(stdout, 'kubepki.mjs: OK\n');
  const again = join(folder, 'again');
  await run(process.execPath, [join(root, 'scripts', 'bundle.mjs'), again]);
  for (const name of readdirSync(bundle))
    t.deepEqual(readFileSync(join(again, name)), readFileSync(join(bundle, name)), name);
  for (const name of readdirSync(bundle)) t.false(readFileSync(join(bundle, name), 'utf8').includes(root), name);
});

type Component = { readonly group?: string; readonly name: string; readonly version: string; readonly purl: string };

test('its bill of materials names what the installed program stands on, at the same versions', (t) => {
  const bill = JSON.parse(readFileSync(`${file}.cdx.json`, 'utf8')) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: Component & { readonly hashes: readonly { readonly content: string }[] } };
    readonly components: readonly Component[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  };
  t.is(bill.bomFormat, 'CycloneDX');
  const { name, hashes } = bill.metadata.component;
  t.is(name, 'kubepki');
  t.is(hashes[0]?.content, createHash('sha256').update(readFileSync(file)).digest('hex'));
  const modules = join(programHome(), 'node_modules');
  const nameOf = (one: Component) => (one.group === undefined ? one.name : `${one.group}/${one.name}`);
  for (const one of bill.components) t.is(one.version, readManifest(join(modules, nameOf(one))).version, one.purl);
  t.deepEqual(bill.components.map(nameOf).sort(), [...packagesIn(modules)].sort());
  const references = [bill.metadata.component, ...bill.components].map(({ purl }) => purl);
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const one of [ref, ...dependsOn]) t.true(references.includes(one), one);
  }
  const licences = readFileSync(join(bundle, 'LICENSES.txt'), 'utf8');
  for (const one of bill.components) t.true(licences.includes(`${nameOf(one)} ${one.version} (`), one.purl);
});

for (const { major, executable } of nodes) {
  if (executable === undefined) continue;
  const place = canBeApart ? 'in an empty folder of a machine without a network' : 'in an empty folder';

  test(`Node ${major} runs the single file ${place}`, async (t) => {
    if (!canBeApart) t.log('namespaces are not allowed here, so there is a network');
    const cwd = mkdtempSync(join(folder, 'empty-'));
    copyFileSync(file, join(cwd, 'kubepki.mjs'));
    const kubepki = (...args: readonly string[]) => {
      const command = [executable, 'kubepki.mjs', ...args];
      return canBeApart ? run('unshare', [...apart, ...command], { cwd }) : run(executable, command.slice(1), { cwd });
    };
    t.is((await kubepki('--version')).stdout, `${version}\n`);
    await kubepki('init');
    await kubepki('generate');
    const [node = ''] = readdirSync(join(cwd, 'pki', 'current', 'nodes'));
    await kubepki('export', node, 'out');
    t.true(existsSync(join(cwd, 'out', node, 'etc', 'kubernetes', 'pki', 'ca.crt')));
    const plan = JSON.parse((await kubepki('plan', '--json')).stdout);
    t.true(plan.files.length > 10);
  });
}
