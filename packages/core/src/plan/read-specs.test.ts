import test from 'ava';
import { component, settings } from '../testing/small.ts';
import { client, elsewhere, type SpecInput, server } from './component.ts';
import { makePlan } from './make.ts';
import { readPlan } from './read-plan.ts';
import { specReader } from './read-specs.ts';
import { type LeafSpec, specSchema } from './spec.ts';

const leaf: LeafSpec = {
  kind: 'leaf',
  id: 'x@a',
  name: 'x',
  component: 'third',
  node: 'a',
  issuer: 'x/server',
  commonName: 'a',
  organizations: ['group'],
  usages: ['server'],
  sans: { dns: ['a'], ips: ['10.0.0.1'] },
  keys: 'ecdsa-p256',
  validity: 100,
  person: false,
  reload: 'restart',
  flags: { '--x': 'one', '--y': { part: 'key' } },
  reads: [{ part: 'trust', of: 'x/client' }],
  accepts: ['x/client'],
  clients: [],
  connects: [],
  bindings: [],
};

class Odd {
  readonly dns: readonly string[] = ['a'];
  readonly ips: readonly string[] = [];
}

/** What can stand in the place of what a leaf has, and what cannot. */
const changes: Readonly<Record<string, object>> = {
  nothing: {},
  'another node': { id: 'x@b', node: 'b', commonName: 'b', sans: { dns: ['b'], ips: [] } },
  'flags in another order': { flags: { '--y': { part: 'key' }, '--x': 'one' } },
  'a flag more': { flags: { ...leaf.flags, '--z': 'two' } },
  'a field more': { port: 443 },
  'a field that there is not': { colour: 'red' },
  'a field of every object': { toString: 'x' },
  'a field without a value': { process: undefined },
  'a field that must have a value': { validity: undefined },
  'a life of no time': { validity: 0 },
  'no number': { validity: Number.NaN },
  'a hole in a list': { organizations: new Array(1) },
  'a text for a list': { organizations: 'group' },
  'a list for an object': { sans: [] },
  'an object of a class': { sans: new Odd() },
  'a flag that nothing is': { flags: { '--x': 7 } },
  'another name': { name: 'y' },
  'no name': { name: 7 },
  'another kind': { kind: 'elsewhere' },
};

for (const [what, change] of Object.entries(changes)) {
  test(`behind one that is like it a spec with ${what} is read as it is alone`, (t) => {
    const read = specReader();
    t.true(read(leaf).success);
    const value = { ...leaf, ...change };
    const expected = specSchema.safeParse(value);
    const found = read(value);
    t.deepEqual(found.data, expected.data);
    t.is(JSON.stringify(found.data), JSON.stringify(expected.data));
    t.deepEqual(found.error?.issues, expected.error?.issues);
  });
}

test('specs that are alike share what they have in common, and nobody can change that', (t) => {
  const read = specReader();
  const [one, two] = [read(leaf).data, read({ ...structuredClone(leaf), id: 'x@b' }).data] as [LeafSpec, LeafSpec];
  t.is(one.flags, two.flags);
  t.is(one.reads, two.reads);
  t.not(one.flags, leaf.flags);
  t.throws(() => Object.assign(one.flags, { '--x': 'two' }), { instanceOf: TypeError });
  t.throws(() => Object.assign(two.reads[0] ?? {}, { part: 'key' }), { instanceOf: TypeError });
});

test('a component may change what it yielded, and what was read stays', (t) => {
  const dns = ['a'];
  const specs = function* (): Generator<SpecInput> {
    for (const node of ['a', 'b']) {
      yield server({ name: 'x', node, issuer: 'x/server', commonName: node, sans: { dns, ips: [] } });
      dns.push('more');
    }
    yield client({ name: 'y', issuer: 'x/server', commonName: 'y' });
  };
  const ca = { kind: 'authority', name: 'ca', commonName: 'ca', serves: ['x/server'] } as const;
  const { specs: planned } = makePlan({
    ...settings,
    components: [component('third', [ca]), { name: 'x', plan: specs }],
  });
  t.deepEqual(
    planned.flatMap((spec) => (spec.kind === 'leaf' ? [spec.sans.dns] : [])),
    [[], ['a'], ['a', 'more']],
  );
});

test('a plan is read as its schema reads it, with all that is wrong', (t) => {
  const far = { ...elsewhere({ name: 'far', accepts: [], addresses: [] }), id: 'far', component: 'third' };
  const plan = {
    version: 1,
    profile: 'strict',
    cluster: settings.cluster,
    backdate: 0,
    uses: {},
    specs: [leaf, leaf, far],
  };
  t.deepEqual(readPlan(plan).data?.specs, [leaf, leaf, far]);
  const wrong = { ...plan, backdate: -1, specs: [leaf, { ...leaf, validity: 0 }, far], more: true };
  t.deepEqual(
    readPlan(wrong).error?.issues.map(({ path }) => path.join('.')),
    ['backdate', 'specs.1.validity', ''],
  );
  t.false(readPlan({ ...plan, specs: {} }).success);
  t.false(readPlan({ ...plan, more: true }).success);
  t.false(readPlan(undefined).success);
});
