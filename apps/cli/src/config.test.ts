import { mkdirSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { type Desk, one } from './testing/program.ts';
import { listing, project, registry } from './testing/project.ts';

const cluster = JSON.stringify(one);
const imports = "import { defineConfig } from '@kubepki/presets';\n";

/** A project with the two plugins and a config in TypeScript that has them. */
function withPlugins(t: ExecutionContext, fields = 'components: [registry], emitters: [listing]'): Desk {
  const own = project(t);
  own.write('registry.js', registry);
  own.write('listing.js', listing);
  const plugins = "import { registry } from './registry.js';\nimport { listing } from './listing.js';\n";
  own.write('kubepki.config.ts', `${imports}${plugins}export default defineConfig({ ${fields} });`);
  return own;
}

/** A cluster file with a section. */
const file = (section: string, value: unknown) => ({ ...one, [section]: value });

async function plan(own: Desk, ...args: string[]) {
  const { status, stdout, stderr } = await own.kubepki(['plan', ...args]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

test('A config adds plugins whose options the cluster file sets, and plan names them', async (t) => {
  const own = withPlugins(t);
  own.write('cluster.yaml', file('components', { registry: { host: 'images.example.org' } }));
  const text = await plan(own);
  t.regex(text, /^config kubepki\.config\.ts: component registry; emitter listing\n/);
  t.regex(text, / {2}registry {2}server.*\n {6}plugin {2}component registry\n.*\n {6}names {2}images\.example\.org\n/);
  t.is(text.match(/ plugin /g)?.length, 1);
  t.regex(text, /files of emitter listing\n {2}listing\.txt\n/);
  const { config, plan: made } = JSON.parse(await plan(own, '--json'));
  t.deepEqual(config, {
    file: 'kubepki.config.ts',
    cluster: 'cluster.yaml',
    components: ['registry'],
    emitters: ['listing'],
    policies: 0,
    issuers: false,
  });
  t.is(made.specs.find(({ id }: { id: string }) => id === 'registry').component, 'registry');
});

test('generate makes what the config adds, and a second run has nothing to do', async (t) => {
  const own = withPlugins(t);
  own.write('cluster.yaml', file('emitters', { listing: { path: 'ids/all.txt' } }));
  t.is((await own.kubepki(['generate'])).status, 0);
  t.regex(own.read('pki/current/servers/registry.crt'), /BEGIN CERTIFICATE/);
  t.regex(own.read('pki/current/ids/all.txt'), /^registry$/m);
  const before = own.look('pki');
  t.regex((await own.kubepki(['generate'])).stdout, /^nothing to do/);
  t.deepEqual(own.look('pki'), before);
  own.write('cluster.yaml', { ...one, components: { registry: false }, emitters: { listing: false } });
  const { stdout } = await own.kubepki(['generate', '--dry-run']);
  t.regex(stdout, /leave out 3 files/);
});

test('schema has the options of the config’s plugins', async (t) => {
  const own = withPlugins(t);
  const { properties } = JSON.parse((await own.kubepki(['schema'])).stdout);
  const options = properties.components.properties.registry.anyOf[1].properties;
  t.is(options.host.description, 'Its DNS name.');
  t.truthy(properties.emitters.properties.listing);
  const without = JSON.parse((await own.kubepki(['schema', '--no-config'])).stdout);
  t.false('registry' in without.properties.components.properties);
});

test('What is made in the config has the options that it has there, also in the place of one of kubepki’s own', async (t) => {
  const own = project(t);
  own.write('registry.js', registry);
  own.write(
    'kubepki.config.mjs',
    `import { components } from '@kubepki/presets';
     import { registry } from './registry.js';
     const kubeProxy = components.find(({ component }) => component === 'kube-proxy');
     export default {
       cluster: ${cluster},
       components: [registry({ host: 'here.example.org' }), kubeProxy({ })],
     };`,
  );
  const text = await plan(own);
  t.regex(text, /names {2}here\.example\.org/);
  t.regex(text, /^config kubepki\.config\.mjs: cluster in code; components registry, kube-proxy\n/);
  t.regex(text, / {2}kube-proxy@cp-1 {2}client.*\n {6}plugin {2}component kube-proxy\n/);
});

/** How a config may give the cluster, and what is said of it. */
const clusters: Record<string, [code: string, says: string]> = {
  'the path of a file': ["'clusters/a.json'", 'cluster clusters/a.json'],
  'an object': [cluster, 'cluster in code'],
  'a function that gives a path': ["() => 'clusters/a.json'", 'cluster clusters/a.json'],
  'a function that gives an object later': [`async () => (${cluster})`, 'cluster kubepki.config.mjs: cluster'],
};
for (const [what, [code, says]] of Object.entries(clusters)) {
  test(`The cluster of a config may be ${what}`, async (t) => {
    const own = project(t);
    mkdirSync(own.path('clusters'));
    own.write('clusters/a.json', one);
    own.write('kubepki.config.mjs', `export default { cluster: ${code} };`);
    t.true((await plan(own)).startsWith(`config kubepki.config.mjs: ${says}\n`));
  });
}

test('A config is found beside the cluster file, then here; --config names one and --no-config takes none', async (t) => {
  const own = project(t);
  mkdirSync(own.path('prod'));
  own.write('prod/cluster.yaml', one);
  own.write('prod/kubepki.config.mjs', 'export default { policies: [(plan) => plan] };');
  own.write('kubepki.config.js', 'export default {};');
  own.write('other.mjs', 'export default { issuers: async () => undefined };');
  const first = async (...args: string[]) => (await plan(own, '-f', 'prod/cluster.yaml', ...args)).split('\n')[0];
  t.is(await first(), 'config prod/kubepki.config.mjs: 1 policy');
  t.is(await first('--config', 'other.mjs'), 'config other.mjs: issuers');
  t.regex((await first('--no-config')) ?? '', /^kubernetes: /);
  own.write('cluster.yaml', one);
  t.regex(await plan(own), /^config kubepki\.config\.js: nothing in it\n/);
});

test('Policies run after those of the profile, in their order', async (t) => {
  const own = project(t);
  own.write('cluster.yaml', { ...one, profile: 'kubeadm', kubernetesVersion: '1.28' });
  const shorter = `(plan) => ({ ...plan, specs: plan.specs.map((spec) =>
    spec.kind === 'leaf' ? { ...spec, validity: Math.ceil(spec.validity / 2), keys: 'rsa-3072' } : spec) })`;
  own.write('kubepki.config.mjs', `const half = ${shorter};\nexport default { policies: [half, half] };`);
  t.regex(await plan(own), / {2}kubelet\/client@cp-1 {2}client, signed by ca, rsa-3072, 2190h\n/);
});

test('Paths of a cluster in code count from the config’s folder', async (t) => {
  const own = project(t);
  mkdirSync(own.path('prod'));
  const value = JSON.stringify({ ...one, authorities: { 'etcd/ca': { certificate: 'etcd.crt' } } });
  own.write('prod/kubepki.config.mjs', `export default { cluster: ${value} };`);
  const { status, stderr } = await own.kubepki(['generate', '--config', 'prod/kubepki.config.mjs']);
  t.is(status, 65);
  t.regex(stderr, /prod\/etcd\.crt\nhint: authorities\.etcd\/ca in prod\/kubepki\.config\.mjs: cluster names it/);
});

test('The commands that generate prints name the config as it was named', async (t) => {
  const own = project(t);
  own.write('other.mjs', `export default { cluster: ${cluster} };`);
  const { stdout } = await own.kubepki(['generate', '--config', 'other.mjs']);
  t.regex(stdout, /kubepki plan --config other\.mjs --flags\n/);
});
