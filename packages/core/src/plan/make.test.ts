import test from 'ava';
import { component, settings, small, smallPlan } from '../testing/small.ts';
import { authority, client, keyPair, server } from './component.ts';
import { connections } from './connections.ts';
import { makePlan } from './make.ts';
import { planSchema } from './plan.ts';
import { selects } from './select.ts';

test('a plan is in order: authorities, key pairs, what belongs to the cluster, then node by node', (t) => {
  t.deepEqual(
    smallPlan().specs.map(({ id }) => id),
    ['ca', 'sa', 'reader', 'x@a', 'x@b'],
  );
});

test('a plan goes through JSON and its schema and stays the same', (t) => {
  const plan = smallPlan();
  const again = planSchema.parse(JSON.parse(JSON.stringify(plan)));
  t.deepEqual(again, JSON.parse(JSON.stringify(plan)));
});

test('the same input gives the same plan', (t) => {
  t.is(JSON.stringify(smallPlan()), JSON.stringify(smallPlan()));
});

test('an authority that no use points to is not made', (t) => {
  const plan = smallPlan({
    components: [small(), component('spare', [authority({ name: 'spare', commonName: 'spare', serves: ['y'] })])],
    uses: ({ y: _, ...uses }) => uses,
  });
  t.false(plan.specs.some(({ name }) => name === 'spare'));
});

test('an authority that another signs comes after it', (t) => {
  const plan = smallPlan({
    components: [
      component('two', [
        authority({
          name: 'issuing',
          commonName: 'issuing',
          issuer: 'top',
          serves: ['x/server', 'x/client'],
          validity: 900 * 86_400,
        }),
        authority({ name: 'root', commonName: 'root', serves: ['top'] }),
        server({ name: 'x', node: 'a', issuer: 'x/server', commonName: 'x', sans: { dns: ['x'], ips: [] } }),
      ]),
    ],
  });
  t.deepEqual(
    plan.specs.map(({ id }) => id),
    ['root', 'issuing', 'x@a'],
  );
});

test('exceptions change what their selectors mean, and nothing else', (t) => {
  const plan = smallPlan({
    exceptions: {
      x: { validity: 50 * 86_400, sans: { dns: ['more'], ips: [] } },
      'x@b': { keys: 'rsa-2048' },
      ca: { keys: 'ecdsa-p384' },
      sa: { keys: 'rsa-3072' },
    },
  });
  const seen = plan.specs.map((spec) =>
    spec.kind === 'leaf'
      ? [spec.id, spec.keys, spec.validity / 86_400, spec.sans.dns]
      : [spec.id, 'keys' in spec && spec.keys],
  );
  t.deepEqual(seen, [
    ['ca', 'ecdsa-p384'],
    ['sa', 'rsa-3072'],
    ['reader', 'ecdsa-p256', 100, []],
    ['x@a', 'ecdsa-p256', 50, ['a', 'more']],
    ['x@b', 'rsa-2048', 50, ['b', 'more']],
  ]);
});

test('an exception that means nothing is refused with the names that there are', (t) => {
  const error = t.throws(() => smallPlan({ exceptions: { 'y@a': { keys: 'rsa-2048' } } }), { code: 'PLAN_INVALID' });
  t.like(error, { problems: [{ where: 'certificates.y@a', hint: 'the names are: ca, sa, reader, x' }] });
});

test('a policy rewrites the plan before it is checked', (t) => {
  const short = smallPlan({
    policies: [
      (plan) => ({
        ...plan,
        specs: plan.specs.map((spec) => (spec.kind === 'leaf' ? { ...spec, validity: 3600 } : spec)),
      }),
    ],
  });
  t.true(short.specs.every((spec) => spec.kind !== 'leaf' || spec.validity === 3600));
  t.throws(() => smallPlan({ policies: [(plan) => ({ ...plan, uses: {} })] }), { code: 'PLAN_INVALID' });
});

test('selectors mean all of a name, one, or all of a node, also as kubeadm spells them', (t) => {
  const plan = makePlan({
    ...settings,
    components: [
      component('c', [
        authority({ name: 'etcd/ca', commonName: 'etcd', serves: ['etcd/server'] }),
        keyPair({ name: 'sa', serves: ['sa'] }),
        server({
          name: 'etcd/server',
          node: 'a',
          issuer: 'etcd/server',
          commonName: 'a',
          sans: { dns: ['a'], ips: [] },
        }),
        client({ name: 'admin', issuer: 'etcd/server', commonName: 'admin' }),
        client({ name: 'kubelet/client', node: 'b', issuer: 'etcd/server', commonName: 'b' }),
      ]),
    ],
  });
  const selected = (selector: string) => plan.specs.filter((spec) => selects(selector, spec)).map(({ id }) => id);
  t.deepEqual(selected('etcd/server'), ['etcd/server@a']);
  t.deepEqual(selected('etcd-server'), ['etcd/server@a']);
  t.deepEqual(selected('etcd-ca'), ['etcd/ca']);
  t.deepEqual(selected('etcd/server@b'), []);
  t.deepEqual(selected('@b'), ['kubelet/client@b']);
  t.deepEqual(selected('admin.conf'), ['admin']);
  t.deepEqual(selected('kubelet.conf@b'), ['kubelet/client@b']);
  t.deepEqual(selected('server'), []);
  t.deepEqual(selected(''), []);
});

test('connections name each server of a client, and those that name the client', (t) => {
  const plan = smallPlan({
    components: [
      small(),
      component('third', [
        server({
          name: 'third',
          issuer: 'x/server',
          commonName: 'third',
          sans: { dns: ['third.example'], ips: [] },
          port: 8443,
          accepts: ['x/client'],
          clients: ['reader'],
        }),
      ]),
    ],
  });
  const links = [...connections(plan)].map(
    ({ client, server, host, port }) => `${client.id} > ${server.id} ${host}:${port}`,
  );
  t.deepEqual(links, ['reader > x@a 10.0.0.11:443', 'reader > x@b 10.0.0.12:443', 'reader > third third.example:8443']);
});

test('a given authority is in the plan also where no component knows it', (t) => {
  const plan = smallPlan({
    given: { corporate: { key: true } },
    uses: (declared) => ({ ...declared, 'x/server': { signs: 'corporate', trusts: ['corporate'] } }),
  });
  t.like(
    plan.specs.find(({ name }) => name === 'corporate'),
    { kind: 'authority', given: { key: true } },
  );
});
