import test, { type ExecutionContext } from 'ava';
import type { PkiError } from '../error.ts';
import { component, small, smallPlan } from '../testing/small.ts';
import { authority, client, elsewhere, keyPair, type SpecInput, server } from './component.ts';
import type { PlanInput } from './input.ts';

const x = { issuer: 'x/server', commonName: 'y', sans: { dns: ['y'], ips: [] } } as const;

/** What is said about a plan with these specs beside the small one's, `where: message` each. */
function problems(
  t: ExecutionContext,
  specs: readonly SpecInput[],
  change: Partial<PlanInput> = {},
): readonly string[] {
  const error = t.throws(() => smallPlan({ components: [small(), component('third', specs)], ...change }), {
    code: 'PLAN_INVALID',
  }) as PkiError | undefined;
  return error?.problems.map(({ where, message }) => `${where}: ${message}`) ?? [];
}

function refused(t: ExecutionContext, specs: readonly SpecInput[], expected: string) {
  t.deepEqual(problems(t, specs), [expected]);
}

test(
  'two things of one id are refused with both components',
  refused,
  [server({ ...x, name: 'x', node: 'a', accepts: ['x/client'] })],
  'x@a: two things have this id: one by component small, one by component third',
);
test(
  'a name that is a path out of the tree is refused',
  refused,
  [server({ ...x, name: '../etc/cron.d/y' })],
  '../etc/cron.d/y: component third: this name cannot be a file name',
);
test(
  'an unknown node is refused',
  refused,
  [server({ ...x, name: 'y', node: 'c' })],
  'y@c: component third: the cluster has no node c',
);
test(
  'an unknown use is refused with its component',
  refused,
  [server({ ...x, name: 'y', issuer: 'nope' })],
  'y: component third: no authority stands behind the use nope',
);
test(
  'a certificate signed by a bare key pair is refused',
  refused,
  [server({ ...x, name: 'y', issuer: 'sa' })],
  'y: component third: sa is a bare key pair and signs no certificates',
);
test(
  'a client of nothing is refused',
  refused,
  [client({ name: 'y', issuer: 'x/client', commonName: 'y', connects: [{ to: 'z', at: 'each' }] })],
  'y: component third: it connects to z, and nothing of that name answers',
);
test(
  'a client of a server that its node lacks is refused',
  refused,
  [
    server({ ...x, name: 'y', node: 'a', accepts: ['x/client'] }),
    client({ name: 'z', node: 'b', issuer: 'x/client', commonName: 'z', connects: [{ to: 'y', at: 'local' }] }),
  ],
  'z@b: component third: its node has no y to connect to',
);
test(
  'a certificate that connects and is no client is refused',
  refused,
  [server({ ...x, name: 'y', connects: [{ to: 'x', at: 'each' }] })],
  'y: component third: it connects to x but is not a client certificate',
);
test(
  'a server without names is refused',
  refused,
  [server({ ...x, name: 'y', sans: { dns: [], ips: [] } })],
  'y: component third: a server needs at least one name or address',
);
test(
  'a certificate for nothing is refused',
  refused,
  [server({ ...x, name: 'y', usages: [] })],
  "y: component third: it is neither a server's nor a client's certificate",
);
test(
  'a name that is not canonical is refused',
  refused,
  [server({ ...x, name: 'y', sans: { dns: ['Y.example'], ips: [] } })],
  'y: component third: "Y.example" is no DNS name in canonical form',
);
test(
  'an address among the names is refused',
  refused,
  [server({ ...x, name: 'y', sans: { dns: ['10.0.0.1'], ips: [] } })],
  'y: component third: "10.0.0.1" is no DNS name in canonical form',
);
test(
  'an address that is none is refused',
  refused,
  [server({ ...x, name: 'y', sans: { dns: [], ips: ['10.0.0.256'] } })],
  'y: component third: "10.0.0.256" is no IP address in canonical form',
);
test(
  'a common name of more than 64 bytes is refused',
  refused,
  [server({ ...x, name: 'y', commonName: 'é'.repeat(33) })],
  'y: its common name has 66 bytes, and X.509 allows 64',
);
test(
  'a group of more than 64 bytes is refused',
  refused,
  [client({ name: 'y', issuer: 'x/client', commonName: 'y', organizations: ['o'.repeat(65)] })],
  'y: its organization has 65 bytes, and X.509 allows 64',
);
test(
  'control characters in a name are refused',
  refused,
  [client({ name: 'y', issuer: 'x/client', commonName: 'a\nb' })],
  'y: its common name holds control characters',
);
test(
  'a leaf that outlives its authority is refused',
  refused,
  [server({ ...x, name: 'y', validity: 2000 * 86_400 })],
  'y: its life of 2000 days is longer than the 1000 days of its authority ca',
);
test(
  'an Ed25519 key for service accounts is refused',
  refused,
  [keyPair({ name: 'y', keys: 'ed25519', serves: ['sa'] })],
  'y: Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
);
test(
  'a kubeconfig for two servers is refused',
  refused,
  [
    server({ ...x, name: 'y', accepts: ['x/client'] }),
    client({
      name: 'z',
      issuer: 'x/client',
      commonName: 'z',
      kubeconfig: { credentials: 'embedded' },
      connects: [
        { to: 'x', at: 'each' },
        { to: 'y', at: 'each' },
      ],
    }),
  ],
  'z: component third: a kubeconfig names one server, and this one connects to 2',
);

test('a server that does not trust the authority of its client is named with both authorities', (t) => {
  const specs = [
    authority({ name: 'other', commonName: 'other', serves: ['z/client'] }),
    client({ name: 'z', issuer: 'z/client', commonName: 'z', connects: [{ to: 'x', at: 'each' }] }),
  ];
  t.deepEqual(problems(t, specs), ['z: x@a would refuse it: it trusts ca, and z is signed by other']);
});

test('a server elsewhere is checked as any other', (t) => {
  const specs = [
    elsewhere({ name: 'far', accepts: [], addresses: [{ host: 'far.example', port: 1 }] }),
    client({ name: 'z', issuer: 'x/client', commonName: 'z', connects: [{ to: 'far', at: 'each' }] }),
  ];
  t.deepEqual(problems(t, specs), ['z: far would refuse it: it trusts nobody, and z is signed by ca']);
});

test('authorities that sign each other in a circle are refused', (t) => {
  const specs = [
    authority({ name: 'one', commonName: 'one', issuer: 'u2', serves: ['u1'] }),
    authority({ name: 'two', commonName: 'two', issuer: 'u1', serves: ['u2'] }),
  ];
  t.true(problems(t, specs).includes('one: these authorities sign each other in a circle: one, two'));
});

test('a table of uses that points nowhere is refused', (t) => {
  const uses: PlanInput['uses'] = (declared) => ({ ...declared, 'x/client': { signs: 'gone', trusts: [] } });
  const said = problems(t, [], { uses });
  t.true(said.includes('uses.x/client: there is no authority gone'));
  t.true(said.includes('uses.x/client: nobody is trusted for it'));
});

test('everything that is wrong is said at once', (t) => {
  const specs = [server({ ...x, name: 'y', node: 'c' }), server({ ...x, name: 'z', issuer: 'nope', commonName: '' })];
  t.is(problems(t, specs).length, 3);
});

test('what is no spec is refused with its component and field', (t) => {
  const nonsense = [
    undefined,
    { kind: 'leaf', name: 'y' },
    { ...server({ ...x, name: 'w' }), sans: null },
    { ...server({ ...x, name: 'z' }), colour: 'red' },
  ];
  const said = problems(t, nonsense as unknown as readonly SpecInput[]);
  t.true(said.some((line) => line.startsWith('a spec: component third: ')));
  t.true(said.some((line) => line.startsWith('y.commonName: component third: ')));
  t.true(said.some((line) => line.startsWith('w.sans: component third: ')));
  t.true(said.some((line) => line.startsWith('z: component third: ') && line.includes('colour')));
});

test('a component that throws is named', (t) => {
  const broken = {
    name: 'broken',
    *plan() {
      yield keyPair({ name: 'k', serves: ['k'] });
      throw new Error('no luck');
    },
  };
  const error = t.throws(() => smallPlan({ components: [small(), broken] }), { code: 'COMPONENT_FAILED' });
  t.is(error?.message, 'component broken failed: no luck');
});
