import test from 'ava';
import { one } from './testing/program.ts';
import { plugins, refused, withConfig } from './testing/wrong.ts';

/** A title, the cluster file's fields, the config's, and what the error says. */
const twice: Record<string, [file: object, code: string, says: RegExp]> = {
  'options of a component that the config made': [
    { components: { registry: { host: 'a.example' } } },
    'components: [registry()]',
    /^error: cluster\.yaml:1: components\.registry: it is fixed in code, by components\[0\] of kubepki\.config\.mjs, and named here again\n/,
  ],
  'a component of kubepki’s own that the config made': [
    { components: { admin: false } },
    'components: [registry, presets.components.find((one) => one.component === "admin")()]',
    /components\.admin: it is fixed in code, by components\[1\] of kubepki\.config\.mjs/,
  ],
  'an emitter that the config made': [
    { emitters: { listing: true } },
    'emitters: [listing()]',
    /emitters\.listing: it is fixed in code, by emitters\[0\] of kubepki\.config\.mjs/,
  ],
  'people, where the config made the component users': [
    { users: [{ name: 'jane' }] },
    'components: [presets.components.find((one) => one.component === "users")()]',
    /cluster\.yaml:1: users: it is fixed in code, by components\[0\] of kubepki\.config\.mjs/,
  ],
};
for (const [what, [fields, code, says]] of Object.entries(twice)) {
  test(`A cluster file that names ${what} is an error with both places`, async (t) => {
    const own = withConfig(t, `import * as presets from '@kubepki/presets';\n${plugins}export default { ${code} };`);
    own.write('cluster.yaml', { ...one, ...fields });
    await refused(t, own, { says });
  });
}

test('A cluster in code and options of what is made beside it are told by their places', async (t) => {
  const value = JSON.stringify({ ...one, components: { registry: true } });
  const own = withConfig(t, `${plugins}export default { cluster: ${value}, components: [registry()] };`);
  const says =
    /^error: kubepki\.config\.mjs: cluster: components\.registry: it is fixed in code, by components\[0\] of/;
  await refused(t, own, { says });
});

test('A cluster is named by the config or by -f, not by both', async (t) => {
  const own = withConfig(t, "export default { cluster: 'cluster.yaml' };");
  own.write('other.yaml', one);
  const says =
    /^error: the cluster is named twice: by -f other\.yaml, and by `cluster` in kubepki\.config\.mjs\nhint: .*--no-config\n$/;
  await refused(t, own, { args: ['plan', '-f', 'other.yaml'], says, status: 64 });
  t.is((await own.kubepki(['plan', '-f', './cluster.yaml'])).status, 0);
  t.is((await own.kubepki(['plan', '-f', 'other.yaml', '--no-config'])).status, 0);
});
