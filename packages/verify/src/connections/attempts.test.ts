import { connections, type Policy } from '@kubepki/core';
import test from 'ava';
import { type Attempt, attempts, type State } from './index.ts';
import { threeControlPlanes, two } from './testing/cluster-files.ts';
import { planned } from './testing/pki.ts';

const more = `components: {webhook: {services: [{name: policy}, {name: metrics, aggregated: true}]}, controller-manager: {serving: true}}\n`;

/** The attempts of planned clients with a server, by the client. */
function of(text: string, server: string, policies: readonly Policy[] = []): Readonly<Record<string, Attempt>> {
  const found = [...attempts(planned(text, policies))].filter((one) => !one.probe && one.server === server);
  return Object.fromEntries(found.map((one) => [one.client, one]));
}

const states = (found: Readonly<Record<string, Attempt>>, state: State) =>
  Object.keys(found).filter((client) => found[client]?.state === state);

test('every planned connection is an attempt, under its address', (t) => {
  const plan = planned(threeControlPlanes);
  const key = (client: string, server: string, host = '', port = 0) => `${client} ${server} ${host} ${port}`;
  const needed = [...attempts(plan)].filter(({ state }) => state === 'needed');
  t.deepEqual(
    needed.map(({ client, server, checks }) => key(client, server, checks?.host, checks?.port)).sort(),
    [...connections(plan)].map(({ client, server, host, port }) => key(client.id, server.id, host, port)).sort(),
  );
  t.true(needed.some(({ checks }) => checks?.host === 'api.example.internal'));
  t.true(needed.every(({ expected }) => expected.as !== 'refused'));
});

test('every client is tried with every server', (t) => {
  const plan = planned(threeControlPlanes);
  const leaves = plan.specs.filter((spec) => spec.kind === 'leaf');
  const clients = leaves.filter(({ usages }) => usages.includes('client'));
  const servers = leaves.filter(({ usages }) => usages.includes('server'));
  const pairs = new Set([...attempts(plan)].filter((one) => !one.probe).map((one) => `${one.client} ${one.server}`));
  t.is(pairs.size, clients.length * servers.length);
});

test('an attempt is plain data, and the same each time', (t) => {
  const plan = planned(`${two}${more}`);
  const once = [...attempts(plan)];
  t.deepEqual(JSON.parse(JSON.stringify(once)), once);
  t.deepEqual([...attempts(plan)], once);
});

test('with an authority of its own etcd lets in nobody of the cluster', (t) => {
  const found = of(two, 'etcd/server@cp-1');
  t.deepEqual(states(found, 'needed'), [
    'etcd/server@cp-1',
    'etcd/healthcheck-client@cp-1',
    'apiserver-etcd-client@cp-1',
  ]);
  t.deepEqual(states(found, 'possible'), ['etcd/peer@cp-1']);
  t.deepEqual(found.admin, {
    client: 'admin',
    server: 'etcd/server@cp-1',
    probe: false,
    presents: { leaf: 'admin' },
    serves: 'etcd/server@cp-1',
    state: 'refused',
    why: 'ca signs it, and etcd/server trusts etcd/ca',
    expected: { as: 'refused', by: 'handshake', reason: 'authority' },
  });
});

test('under one authority for all every client could reach etcd, and that is shown', (t) => {
  const found = of(`${two}authorities: single\n`, 'etcd/server@cp-1');
  t.deepEqual(states(found, 'refused'), []);
  t.true(states(found, 'possible').includes('kube-proxy@w-1'));
  t.deepEqual(found.admin?.expected, { as: 'user', name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins'] });
});

test('under one authority for all the front proxy is a user who may speak for anybody, and no other client is', (t) => {
  const found = of(`${two}authorities: single\n`, 'apiserver@cp-1');
  const speakers = Object.values(found).filter(({ expected }) => expected.as === 'user' && expected.vouches);
  t.deepEqual(
    speakers.map(({ client }) => client),
    ['front-proxy-client@cp-1'],
  );
});

test('without a list of names any client of its authority may speak for anybody', (t) => {
  const unnamed: Policy = (plan) => ({
    ...plan,
    specs: plan.specs.map((spec) => {
      if (spec.kind !== 'leaf') return spec;
      const { '--requestheader-allowed-names': _, ...flags } = spec.flags;
      return { ...spec, flags };
    }),
  });
  const found = of(`${two}authorities: single\n`, 'apiserver@cp-1', [unnamed]);
  t.true(Object.values(found).every(({ expected }) => expected.as === 'user' && expected.vouches));
});

test('a front proxy is accepted as one, by the name that the API server allows, by aggregated servers too', (t) => {
  const proxy = { as: 'front-proxy', name: 'front-proxy-client' };
  const text = `${two}${more}`;
  t.deepEqual(of(text, 'apiserver@cp-1')['front-proxy-client@cp-1']?.expected, proxy);
  t.deepEqual(of(text, 'webhook/kube-system/metrics')['front-proxy-client@cp-1']?.expected, proxy);
  const renamed: Policy = (plan) => ({
    ...plan,
    specs: plan.specs.map((spec) =>
      spec.kind === 'leaf' && spec.name === 'apiserver'
        ? { ...spec, flags: { ...spec.flags, '--requestheader-allowed-names': 'other,another' } }
        : spec,
    ),
  });
  const other = of(text, 'apiserver@cp-1', [renamed])['front-proxy-client@cp-1'];
  t.deepEqual(other?.expected, { as: 'refused', by: '401', reason: 'name' });
  t.is(other?.why, 'front-proxy-ca signs it, and only other, another may speak for others');
});

test('a webhook takes anybody for nobody', (t) => {
  const found = of(`${two}${more}`, 'webhook/kube-system/policy');
  t.deepEqual(states(found, 'refused'), []);
  t.true(Object.values(found).every(({ expected }) => expected.as === 'anonymous'));
});

test('whether a server answers without a certificate is what its process is told', (t) => {
  const nobody = (server: string, policies: readonly Policy[] = []) =>
    [...attempts(planned(`${two}${more}`, policies))].find(
      (one) => one.client === 'no certificate' && one.server === server,
    )?.expected;
  const refused = { as: 'refused', by: '401', reason: 'absent' };
  t.deepEqual(nobody('apiserver@cp-1'), { as: 'anonymous' });
  t.deepEqual(nobody('controller-manager/server@cp-1'), { as: 'anonymous' });
  t.deepEqual(nobody('kubelet/server@cp-1'), refused);
  const flag =
    (name: string, value: string, of: string): Policy =>
    (plan) => ({
      ...plan,
      specs: plan.specs.map((spec) =>
        spec.kind === 'leaf' && spec.name === of ? { ...spec, flags: { ...spec.flags, [name]: value } } : spec,
      ),
    });
  t.deepEqual(nobody('apiserver@cp-1', [flag('--anonymous-auth', 'false', 'apiserver')]), refused);
  const untold: Policy = (plan) => ({
    ...plan,
    specs: plan.specs.map((spec) => (spec.kind === 'leaf' ? { ...spec, flags: {} } : spec)),
  });
  t.deepEqual(nobody('kubelet/server@cp-1', [untold]), refused);
  t.deepEqual(nobody('apiserver@cp-1', [untold]), { as: 'anonymous' });
  const open = flag('authentication.anonymous.enabled', 'true', 'kubelet/client');
  t.deepEqual(nobody('kubelet/server@cp-1', [open]), { as: 'anonymous' });
});

test('a server elsewhere is told of, and not tried', (t) => {
  const external = `${two}etcd: {external: {endpoints: ["https://etcd.example.internal:2379"]}}\nauthorities: single\n`;
  const found = [...attempts(planned(external))].filter(({ server }) => server === 'etcd/server');
  t.deepEqual(
    found.map(({ client, serves, checks }) => [client, serves, checks?.host]),
    [['apiserver-etcd-client@cp-1', undefined, 'etcd.example.internal']],
  );
});

const large = `controlPlaneEndpoint: api.example.internal\nnodes:\n${Array.from({ length: 2000 }, (_, index) => {
  const address = `10.1.${index >> 8}.${index & 255}`;
  const role = index < 3 ? 'control-plane' : 'worker';
  return `  - {name: n-${index}, roles: [${role}], addresses: [${address}]}\n`;
}).join('')}`;

test('of a large cluster each kind of connection is tried, on the same node, on another, first and last', (t) => {
  const plan = planned(large);
  const start = process.cpuUsage().user;
  const found = [...attempts(plan)].filter((one) => !one.probe);
  t.true(process.cpuUsage().user - start < 3_000_000);
  t.true(found.length < 1000, String(found.length));
  const kubelets = found.filter(({ client }) => client.startsWith('kubelet/client@'));
  const pairs = new Set(kubelets.map(({ client, server }) => `${client} ${server}`));
  for (const pair of [
    'kubelet/client@n-0 apiserver@n-0',
    'kubelet/client@n-0 apiserver@n-2',
    'kubelet/client@n-1999 apiserver@n-0',
    'kubelet/client@n-0 kubelet/server@n-0',
    'kubelet/client@n-0 kubelet/server@n-1999',
    'kubelet/client@n-1999 kubelet/server@n-1999',
  ]) {
    t.true(pairs.has(pair), pair);
  }
  const last = kubelets.find(({ client, server }) => client.endsWith('n-1999') && server === 'apiserver@n-0');
  t.is(last?.checks?.host, 'api.example.internal');
});

test('all pairs are tried where all are wanted', (t) => {
  const plan = planned(large);
  let count = 0;
  for (const { client } of attempts(plan, { all: true })) {
    if (!client.startsWith('apiserver-kubelet-client@')) continue;
    count += 1;
    if (count > 6000) break;
  }
  t.true(count > 6000);
});
