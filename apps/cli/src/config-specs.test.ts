import { authoritySchema, elsewhereSchema, keyPairSchema, leafSchema } from '@kubepki/core';
import test from 'ava';
import { failure, withThird } from './testing/third.ts';

const schemas = { authority: authoritySchema, keypair: keyPairSchema, leaf: leafSchema, elsewhere: elsewhereSchema };
const fields = Object.entries(schemas).flatMap(([kind, { shape }]) =>
  Object.keys(shape)
    .filter((field) => field !== 'id' && field !== 'component')
    .map((field) => ({ kind, field })),
);

/** A spec of each kind for each of its fields, in which that one is nonsense. */
const nonsense = `function* () {
  const specs = {
    authority: authority({ name: 'y', commonName: 'y', serves: [] }),
    keypair: keyPair({ name: 'y', serves: [] }),
    leaf: client({ ...leaf, name: 'y' }),
    elsewhere: elsewhere({ name: 'y', accepts: [], addresses: [] }),
  };
  for (const { kind, field } of ${JSON.stringify(fields)})
    yield { ...specs[kind], name: kind + '-' + field, [field]: { none: true } };
}`;

test('Nonsense in any field of a spec names the third party’s component and the field, all in one error', async (t) => {
  const { code, problems } = await failure(t, withThird(t, `components: [component('third', ${nonsense})]`));
  t.is(code, 'PLAN_INVALID');
  for (const { kind, field } of fields) {
    const where = field === 'name' ? /^a spec\.name$/ : new RegExp(`^${kind}-${field}\\.${field}\\b`);
    t.true(
      problems.some((problem) => where.test(problem.where)),
      `${kind}.${field}`,
    );
  }
  for (const { message, hint = '' } of problems) {
    t.regex(message, /^component third: /);
    t.regex(hint, /^yield what authority, keyPair, server, client, peer or elsewhere of @kubepki\/core return$/);
  }
});

/** Nonsense within a field of a leaf, by its place. */
const inside: Readonly<Record<string, object>> = {
  'flags.--x': { flags: { '--x': { part: 'nothing' } } },
  'reads.0.part': { reads: [{ part: 'nothing' }] },
  'connects.0.at': { connects: [{ to: 'apiserver', at: 'somewhere' }] },
  'connects.0.to': { connects: [{ to: 7, at: 'each' }] },
  'bindings.0.binding': { bindings: [{ binding: 7, clusterRole: 'c', to: { kind: 'User', name: 'n' } }] },
  'bindings.0.clusterRole': { bindings: [{ binding: 'b', clusterRole: 7, to: { kind: 'User', name: 'n' } }] },
  'bindings.0.to.kind': { bindings: [{ binding: 'b', clusterRole: 'c', to: { kind: 'Robot', name: 'n' } }] },
  'bindings.0.to.name': { bindings: [{ binding: 'b', clusterRole: 'c', to: { kind: 'User', name: 7 } }] },
  'kubeconfig.credentials': { kubeconfig: { credentials: 'inside' } },
  'secret.namespace': { secret: { namespace: 7, name: 'n' } },
  'secret.name': { secret: { namespace: 'n' } },
  'sans.dns': { sans: { dns: 'y', ips: [] } },
  keys: { keys: 'rsa-1024' },
  validity: { validity: 0 },
  port: { port: 65_536 },
};

test('Nonsense within a field names the third party’s component and its place, all in one error', async (t) => {
  const specs = `Object.values(${JSON.stringify(inside)}).map((fields) => client({ ...leaf, name: 'y', ...fields }))`;
  const far = "elsewhere({ name: 'far', accepts: [], addresses: [{ host: 7, port: 0 }] })";
  const { problems } = await failure(t, withThird(t, `components: [component('third', () => [...${specs}, ${far}])]`));
  const places = [...Object.keys(inside).map((where) => `y.${where}`), 'far.addresses.0.host', 'far.addresses.0.port'];
  t.deepEqual(
    problems.map(({ where }) => where),
    places,
  );
  for (const { message } of problems) t.regex(message, /^component third: /);
});

test('What is no spec names its component and what to do, also where nothing else is wrong', async (t) => {
  const own = withThird(
    t,
    "components: [component('third', () => [null, 7, { kind: 'leaf' }, { ...leaf, name: 'y', keys: 'rsa' }, { ...leaf, name: 'z', colour: 'red' }])]",
  );
  const { code, problems } = await failure(t, own, ['plan']);
  t.is(code, 'PLAN_INVALID');
  const places = new Set(problems.map(({ where }) => where));
  for (const where of ['a spec', 'a spec.name', 'y.keys', 'z']) t.true(places.has(where), where);
  for (const { message, hint = '' } of problems) {
    t.regex(message, /^component third: /);
    t.regex(hint, /^yield what /);
  }
});
