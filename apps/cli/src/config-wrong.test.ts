import { mkdirSync } from 'node:fs';
import test from 'ava';
import { plugins, refused, withConfig } from './testing/wrong.ts';

/** A title, the config, and what its error says. */
const configs: Record<string, [code: string, says: RegExp]> = {
  'throws while it is loaded': [
    "\n\nthrow new Error('no network\\nhere');",
    /^error: kubepki\.config\.mjs:3: it failed while it was loaded: no network\nhint: .*--no-config\n$/,
  ],
  'is no JavaScript': [
    '\nexport default {',
    /^error: kubepki\.config\.mjs(:\d+)?: it failed while it was loaded: .+\nhint: .*\n$/,
  ],
  'imports what is not installed': [
    "import x from 'kubepki-component-x';\nexport default x;",
    /^error: kubepki\.config\.mjs: the package kubepki-component-x is not installed there\nhint: npm install kubepki-component-x\n$/,
  ],
  'has no default export': [
    'export const config = {};',
    /^error: kubepki\.config\.mjs: it has no default export\nhint: export default defineConfig/,
  ],
  'exports a list': [
    'export default [];',
    /^error: kubepki\.config\.mjs: the default export: a config is expected, found a list\n/,
  ],
  'exports a promise': ['export default Promise.resolve({});', /found a promise/],
  'has an unknown key': [
    'export default { polices: [] };',
    /^error: kubepki\.config\.mjs: polices: an unknown key\nhint: did you mean policies\?\n$/,
  ],
  'has several things wrong': [
    'export default { x: 1, cluster: 7, components: {}, policies: [null], issuers: true };',
    /^error: kubepki\.config\.mjs: 5 problems\n {2}x: an unknown key\n {4}known here: .*\n {2}cluster: .* found a number\n/,
  ],
  'lists what is no component': [
    'export default { components: [{ name: "x" }] };',
    /components\[0\]: a component is expected, found an object\nhint: give what defineComponent/,
  ],
  'lists an emitter as a component': [
    `${plugins}export default { components: [listing] };`,
    /components\[0\]: a component is expected, found an emitter\nhint: it belongs under emitters/,
  ],
  'lists a made component as an emitter': [
    `${plugins}export default { emitters: [registry()] };`,
    /emitters\[0\]: an emitter is expected, found a component\nhint: it belongs under components/,
  ],
  'lists one name twice': [
    `${plugins}export default { components: [registry, registry()] };`,
    /components\[1\]: registry is the name of components\[0\] already/,
  ],
  'lists what is there anyway': [
    "import { components } from '@kubepki/presets';\nexport default { components: [components[0]] };",
    /components\[0\]: cluster-ca is a component of @kubepki\/presets, and there anyway/,
  ],
  'lists a component with options of another zod': [
    'export default { components: [Object.assign(() => {}, { component: "x", options: { parse() {} }, from() {} })] };',
    /components\[0\]: x: its options are no schema of zod 4/,
  ],
  'lists a plugin without a usable name': [
    'export default { components: [{ name: "../x", *plan() {} }] };',
    /components\[0\]: its name is none that a cluster file can have/,
  ],
  'makes a component with wrong options': [
    `${plugins}\nexport default { components: [registry({ host: 7 })] };`,
    /^error: kubepki\.config\.mjs:\d+: component registry: its options are not valid\n {2}component registry\.host: /,
  ],
  'has a cluster function that throws': [
    "export default { cluster: async () => { throw new Error('no inventory'); } };",
    /^error: kubepki\.config\.mjs: cluster failed: no inventory\nhint: /,
  ],
  'has a cluster function that gives nothing': [
    'export default { cluster() {} };',
    /^error: kubepki\.config\.mjs: cluster gives nothing, where the path of a file or a cluster is expected\n/,
  ],
  'names a cluster file that is not there': [
    "export default { cluster: 'nix.yaml' };",
    /^error: there is no cluster file nix\.yaml\nhint: `cluster` in kubepki\.config\.mjs names it\n$/,
  ],
  'has a wrong cluster in code': [
    'export default { cluster: { nodes: [{ name: "cp-1", addresses: ["10.0.0.256"] }] } };',
    /^error: kubepki\.config\.mjs: cluster: nodes\[0\]\.addresses\[0\]: /,
  ],
};
for (const [what, [code, says]] of Object.entries(configs)) {
  test(`A config that ${what} is one clear error, and nothing is written`, async (t) => {
    await refused(t, withConfig(t, code), { says });
  });
}

test('A config in TypeScript that throws is named with its line', async (t) => {
  const own = withConfig(
    t,
    'const a: number = 1;\n\nthrow new Error("no " + a);\nexport default {};',
    'kubepki.config.ts',
  );
  await refused(t, own, { says: /^error: kubepki\.config\.ts:3: it failed while it was loaded: no 1\n/ });
});

test('Which config is meant must be clear', async (t) => {
  const own = withConfig(t, 'export default {};');
  const refuse = (args: readonly string[], says: RegExp, status?: number) =>
    refused(t, own, { args, says, ...(status === undefined ? {} : { status }) });
  await refuse(['plan', '--config', 'nix.mjs'], /^error: there is no config nix\.mjs\n/);
  await refuse(
    ['plan', '--config', 'cluster.yaml'],
    /^error: --config names a program .*\nhint: the cluster file is named with -f\n/,
    64,
  );
  await refuse(
    ['plan', '--config', 'a.mjs', '--no-config'],
    /^error: --config and --no-config cannot be together\n/,
    64,
  );
  await refuse(
    ['export', 'cp-1', '--no-config'],
    /^error: export has no option --no-config\nhint: it belongs to schema and plan and generate and .* and verify and report\n/,
    64,
  );
  mkdirSync(own.path('kubepki.config.d'));
  own.write('kubepki.config.ts', 'export default {};');
  await refuse(
    ['plan'],
    /^error: there are two configs: kubepki\.config\.ts and kubepki\.config\.mjs\nhint: .*--config FILE\n$/,
  );
});
