import test from 'ava';
import type { z } from 'zod';
import type { PkiError } from '../error.ts';
import { problems, x } from '../testing/refused.ts';
import { component, small, smallPlan } from '../testing/small.ts';
import { authority, client, elsewhere, keyPair, server } from './component.ts';
import { authoritySchema, elsewhereSchema, keyPairSchema, leafSchema } from './spec.ts';

const specs = {
  authority: authority({ name: 'y', commonName: 'y', serves: [] }),
  keypair: keyPair({ name: 'y', serves: [] }),
  leaf: server({ ...x, name: 'y' }),
  elsewhere: elsewhere({ name: 'y', accepts: [], addresses: [] }),
};
const schemas = { authority: authoritySchema, keypair: keyPairSchema, leaf: leafSchema, elsewhere: elsewhereSchema };
/** What core adds itself, whatever a component says. */
const added = ['id', 'component'];

for (const [kind, schema] of Object.entries(schemas)) {
  const spec = specs[kind as keyof typeof specs];
  const fields = Object.keys((schema as z.ZodObject).shape).filter((field) => !added.includes(field));
  for (const field of fields) {
    test(`nonsense as ${field} of ${kind} is refused with its component and field`, (t) => {
      const said = problems(t, [{ ...spec, [field]: { none: true } }]);
      const where = field === 'name' ? 'a spec.name' : `y.${field}`;
      t.true(
        said.some((problem) => problem.where.startsWith(where) && problem.message.startsWith('component third: ')),
      );
      t.true(said.every(({ hint }) => hint?.includes('server, client, peer')));
    });
  }
  test(`a field that ${kind} does not have is refused with its component`, (t) => {
    const [said, ...more] = problems(t, [{ ...spec, colour: 'red' }]);
    t.like(said, { where: 'y', message: 'component third: Unrecognized key: "colour"' });
    t.is(more.length, 0);
  });
}

/** Where, and what stands there. */
const inside: Record<string, object> = {
  'flags.--x': { flags: { '--x': { part: 'nothing' } } },
  'flags.--y': { flags: { '--y': 7 } },
  'reads.0.part': { reads: [{ part: 'nothing' }] },
  'reads.0.of': { reads: [{ part: 'trust', of: 7 }] },
  'reads.0.to': { reads: [{ part: 'trust', to: 7 }] },
  'connects.0.to': { connects: [{ to: 7, at: 'each' }] },
  'connects.0.at': { connects: [{ to: 'x', at: 'somewhere' }] },
  'bindings.0.binding': { bindings: [{ binding: 7, clusterRole: 'c', to: { kind: 'User', name: 'n' } }] },
  'bindings.0.clusterRole': { bindings: [{ binding: 'b', clusterRole: 7, to: { kind: 'User', name: 'n' } }] },
  'bindings.0.to.kind': { bindings: [{ binding: 'b', clusterRole: 'c', to: { kind: 'Robot', name: 'n' } }] },
  'bindings.0.to.name': { bindings: [{ binding: 'b', clusterRole: 'c', to: { kind: 'User', name: 7 } }] },
  'kubeconfig.credentials': { kubeconfig: { credentials: 'inside' } },
  'secret.namespace': { secret: { namespace: 7, name: 'n' } },
  'secret.name': { secret: { namespace: 'n' } },
  'sans.dns': { sans: { dns: 'y', ips: [] } },
  'sans.ips.0': { sans: { dns: [], ips: [7] } },
  'organizations.0': { organizations: [7] },
  'usages.0': { usages: ['signer'] },
  'accepts.0': { accepts: [7] },
  'clients.0': { clients: [7] },
  keys: { keys: 'rsa-1024' },
  validity: { validity: 0 },
  port: { port: 65_536 },
  reload: { reload: 'never' },
};
for (const [where, fields] of Object.entries(inside)) {
  test(`nonsense within a leaf is refused by its place: ${where}`, (t) => {
    const said = problems(t, [{ ...specs.leaf, ...fields }]);
    t.deepEqual(
      said.map((problem) => problem.where),
      [`y.${where}`],
    );
  });
}

test('nonsense within a server elsewhere is refused by its place', (t) => {
  const said = problems(t, [{ ...specs.elsewhere, addresses: [{ host: 7, port: 0 }] }]);
  t.deepEqual(
    said.map(({ where }) => where),
    ['y.addresses.0.host', 'y.addresses.0.port'],
  );
});

test('what is no spec at all is refused with its component', (t) => {
  for (const nonsense of [undefined, null, 7, 'y', [], Object.create(null), { kind: 'leef' }]) {
    for (const { where, message } of problems(t, [nonsense]))
      t.regex(`${where}: ${message}`, /^a spec.*: component third: /);
  }
});

test('what a component says of id and component counts for nothing', (t) => {
  const liar = { ...specs.leaf, id: 'ca', component: 'small' };
  const plan = smallPlan({ components: [small(), component('third', [liar])] });
  t.like(
    plan.specs.find(({ name }) => name === 'y'),
    { id: 'y', component: 'third' },
  );
});

const throwing = {
  'before it yields': () => {
    throw new Error('no luck');
  },
  'after it has yielded': function* () {
    yield specs.keypair;
    throw new Error('no luck');
  },
  'while what it yields is read': () => [
    {
      ...client({ name: 'y', issuer: 'x/client', commonName: 'y' }),
      get commonName(): string {
        throw new Error('no luck');
      },
    },
  ],
};
for (const [when, plan] of Object.entries(throwing)) {
  test(`a component that throws ${when} is named`, (t) => {
    const error = t.throws(() => smallPlan({ components: [small(), { name: 'broken', plan }] }), {
      code: 'COMPONENT_FAILED',
      message: 'component broken failed: no luck',
    });
    t.like(error, { hint: 'this is a fault of the component; tell its authors, or leave it out' });
  });
}

test('a component that returns what it is to yield is named', (t) => {
  const plan = function* () {
    yield specs.keypair;
    return [specs.leaf];
  };
  const error = t.throws(() => smallPlan({ components: [small(), { name: 'mute', plan }] }), {
    code: 'COMPONENT_FAILED',
    message: 'component mute returns what it is to yield',
  });
  t.regex((error as PkiError | undefined)?.hint ?? '', /yield server/);
});

const slips = { leaf: ['acepts', 'accepts'], authority: ['serve', 'serves'] } as const;
for (const [kind, [field, near]] of Object.entries(slips)) {
  test(`a field that ${kind} does not have is refused with the near one: ${near}`, (t) => {
    const [said] = problems(t, [{ ...specs[kind as keyof typeof specs], [field]: [] }]);
    t.like(said, { message: `component third: Unrecognized key: "${field}"`, hint: `did you mean ${near}?` });
  });
}
