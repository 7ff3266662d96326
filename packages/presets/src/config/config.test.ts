import { defineComponent, defineEmitter, PkiError, type Plan, server } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import {
  assemble,
  catalog,
  clusterFileSchemaOf,
  clusterSource,
  defineConfig,
  readClusterValue,
  readConfig,
} from '../index.ts';

const registry = defineComponent({
  name: 'registry',
  options: z.strictObject({ host: z.string().default('registry.example.internal') }),
  *plan(_cluster, { host }) {
    yield server({
      name: 'registry',
      issuer: 'cluster/server',
      commonName: 'registry',
      sans: { dns: [host], ips: [] },
    });
  },
});
const listing = defineEmitter({
  name: 'listing',
  options: z.strictObject({ path: z.string().default('listing') }),
  emitter: () => ({ *files() {}, render: () => '' }),
});
const [clusterCa] = catalog.components;
const nodes = [{ name: 'cp-1', addresses: ['10.0.0.11'] }] as const;

/** A config over a cluster of one node, read and put together. */
function assembled(config: unknown, cluster: object = { nodes }) {
  const { fixed, ...read } = readConfig(config, 'c.ts');
  const { file, facts } = readClusterValue(cluster, { schema: clusterFileSchemaOf(read.catalog), fixed });
  return { ...read, ...assemble(file, facts, read) };
}

function refused(t: ExecutionContext, code: string, run: () => unknown): PkiError {
  return t.throws(run as () => never, { instanceOf: PkiError, code }) as PkiError;
}

test('A config is typed: its own plugins, the cluster and the options in it', (t) => {
  const configs = [
    defineConfig({ cluster: { nodes, components: { registry: { host: 'a.example' } } }, components: [registry] }),
    defineConfig({ cluster: async () => ({ nodes, profile: 'kubeadm' }), emitters: [listing, listing({ path: 'x' })] }),
    defineConfig({ components: [registry({ host: 'b.example' })], policies: [(plan) => ({ ...plan, backdate: 0 })] }),
    defineConfig({ issuers: async ({ spec }) => (spec.kind === 'authority' ? undefined : undefined) }),
    // @ts-expect-error an unknown key
    defineConfig({ polices: [] }),
    // @ts-expect-error an emitter is no component
    defineConfig({ components: [listing] }),
    // @ts-expect-error a policy returns a plan
    defineConfig({ policies: [() => undefined] }),
    // @ts-expect-error an unknown field of the cluster
    defineConfig({ cluster: { nodez: [] } }),
    // @ts-expect-error an unknown profile, in what a function gives
    defineConfig({ cluster: () => ({ nodes, profile: 'kubeadmin' }) }),
    // @ts-expect-error an unknown option of a component
    defineConfig({ cluster: { nodes, components: { registry: { hots: 'a.example' } } }, components: [registry] }),
    // @ts-expect-error an unknown component
    defineConfig({ cluster: { nodes, components: { regitsry: false } }, components: [registry] }),
    // @ts-expect-error an option of another component of kubepki's own
    defineConfig({ cluster: { nodes, components: { scheduler: { loopback: false } } } }),
    // @ts-expect-error users are a field of the cluster
    defineConfig({ cluster: { nodes, components: { users: {} } } }),
    // @ts-expect-error an emitter that is not given
    defineConfig({ cluster: { nodes, emitters: { secrets: { stream: true }, listing: { path: 'x' } } } }),
  ];
  t.is(configs.length, 14);
});

test('A config’s plugins come behind kubepki’s own; what it made stands in the place of that of the same name', (t) => {
  const admin = catalog.components.find((one) => 'component' in one && one.component === 'admin');
  const made = 'from' in (admin ?? {}) ? (admin as typeof registry).from({}) : undefined;
  const { catalog: all, adds } = readConfig({ components: [registry, made] }, 'c.ts');
  const names = (list: typeof all.components) => list.map((one) => ('component' in one ? one.component : one.name));
  t.deepEqual(names(all.components), [...names(catalog.components), 'registry']);
  t.is(all.components.filter((one) => !('from' in one)).length, 1);
  t.deepEqual(adds, { components: ['registry', 'admin'], emitters: [] });
  t.is(all.emitters.length, catalog.emitters.length);
});

test('An empty config changes nothing', (t) => {
  const { plan } = assembled({});
  const { file, facts } = readClusterValue({ nodes }, { schema: clusterFileSchemaOf(catalog) });
  t.deepEqual(plan, assemble(file, facts).plan);
});

test('A cluster as a value is read as its file would be, and told by its name', (t) => {
  const { plan } = assembled({ components: [registry] }, { nodes, components: { registry: { host: 'a.example' } } });
  const spec = plan.specs.find(({ id }) => id === 'registry');
  t.deepEqual(spec?.kind === 'leaf' && spec.sans.dns, ['a.example']);
  const value = { nodes: [{ name: 'cp-1' }], profile: 'x' };
  const error = refused(t, 'CLUSTER_FILE_INVALID', () =>
    readClusterValue(value, { schema: clusterFileSchemaOf(catalog) }),
  );
  t.is(error.message, 'the cluster: 2 problems');
  t.deepEqual(
    error.problems.map(({ where, line }) => [where, line]),
    [
      ['profile', undefined],
      ['nodes[0].addresses', undefined],
    ],
  );
});

test('Options that a component needs and nobody gives are its error', (t) => {
  const needy = defineComponent({ name: 'needy', options: z.strictObject({ host: z.string() }), *plan() {} });
  const error = refused(t, 'PLUGIN_OPTIONS', () => assembled({ components: [needy] }));
  t.is(error.message, 'component needy: its options are not valid');
});

test('Each problem of a plan names the first policy after which it is there', (t) => {
  const rename = (plan: Plan): Plan => ({
    ...plan,
    specs: plan.specs.map((spec) =>
      spec.kind === 'leaf' && spec.name === 'scheduler' ? { ...spec, commonName: '' } : spec,
    ),
  });
  const error = refused(t, 'PLAN_INVALID', () =>
    assembled({ policies: [(plan: Plan) => plan, rename, (plan: Plan) => plan] }),
  );
  t.is(error.message, 'scheduler@cp-1: by policies[1]: component scheduler: its common name is empty');
});

test('What a function in a config gives is the path of a file or a cluster', async (t) => {
  const source = (cluster: unknown) => clusterSource({ cluster: cluster as string, fileName: 'c.ts' });
  t.deepEqual(await source('a.yaml'), { path: 'a.yaml' });
  t.deepEqual(await source(() => 'a.yaml'), { path: 'a.yaml' });
  t.deepEqual(await source(async () => ({ nodes })), { value: { nodes } });
  t.is(await source(undefined), undefined);
  for (const nonsense of [[], '', 7])
    await t.throwsAsync(
      source(() => nonsense),
      { code: 'CONFIG_FAILED' },
    );
});

test('The maker of a first-party component is refused, since it is there anyway', (t) => {
  const error = refused(t, 'CONFIG_INVALID', () => readConfig({ components: [clusterCa] }, 'c.ts'));
  t.regex(error.message, /^c\.ts: components\[0\]: cluster-ca is a component of @kubepki\/presets, and there anyway$/);
});
