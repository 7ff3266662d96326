// One thing is not as planned, and the verdict names it.
import { randomBytes } from 'node:crypto';
import { PkiError, selfSigned, template } from '@kubepki/core';
import test from 'ava';
import { type Held, summarize, tryConnections } from './index.ts';
import { two } from './testing/cluster-files.ts';
import { made, otherwise, summed, tried, wrong } from './testing/pki.ts';

const pki = await made(`${two}users: [{name: jane, groups: [developers]}]
components: {webhook: {services: [{name: metrics, aggregated: true}]}}
`);
const day = 86_400_000;
const of = (id: string): Held => pki.credentials.get(id) ?? {};

/** One part of a credential. */
function only(part: 'certificate' | 'key', id: string): Held {
  const value = of(id)[part];
  return value === undefined ? {} : { [part]: value };
}

test('a leaf of the wrong authority is refused where it is needed, and accepted where it should not be', async (t) => {
  const held = await otherwise(pki, { id: 'scheduler@cp-1', by: 'etcd/ca' });
  t.deepEqual(await wrong(pki, { 'scheduler@cp-1': held }), [
    'scheduler@cp-1: etcd/server takes it for the user "system:kube-scheduler", and is to refuse it',
    'scheduler@cp-1: etcd/peer takes it for the user "system:kube-scheduler", and is to refuse it',
    'scheduler@cp-1: apiserver does not trust the authority that signed it',
    'scheduler@cp-1: kubelet/server does not trust the authority that signed it',
  ]);
});

test('a server of the wrong authority is refused by its clients', async (t) => {
  const held = await otherwise(pki, { id: 'kubelet/server@w-1', by: 'etcd/ca' });
  const found = await summed(pki, { 'kubelet/server@w-1': held });
  t.deepEqual(found.wrong, [
    {
      where: 'kubelet/server@w-1',
      message: 'its clients do not trust the authority that signed it',
      hint: 'it connects to kubelet/server on each node',
      attempts: 2,
    },
  ]);
});

test('a name that is missing is found at the address where clients need it', async (t) => {
  const sans = { dns: ['apiserver.example'], ips: ['10.0.0.11'] };
  const held = await otherwise(pki, { id: 'apiserver@cp-1', spec: { sans } });
  t.deepEqual(await wrong(pki, { 'apiserver@cp-1': held }), [
    'apiserver@cp-1: its certificate is not for api.example.internal, where clients reach it',
  ]);
});

test('an address that is missing is found, though the common name is that address', async (t) => {
  const spec = { commonName: '10.0.0.21', sans: { dns: ['w-1'], ips: [] } };
  const held = await otherwise(pki, { id: 'kubelet/server@w-1', spec });
  t.deepEqual(await wrong(pki, { 'kubelet/server@w-1': held }), [
    'kubelet/server@w-1: its certificate is not for 10.0.0.21, where clients reach it',
  ]);
});

test('a name that only the common name has is none', async (t) => {
  const spec = { commonName: 'api.example.internal', sans: { dns: [], ips: ['10.0.0.11'] } };
  const held = await otherwise(pki, { id: 'apiserver@cp-1', spec });
  t.deepEqual(await wrong(pki, { 'apiserver@cp-1': held }), [
    'apiserver@cp-1: its certificate is not for api.example.internal, where clients reach it',
  ]);
});

test('a client that is for servers alone is refused everywhere it is accepted', async (t) => {
  const held = await otherwise(pki, { id: 'scheduler@cp-1', spec: { usages: ['server'] } });
  const found = await summed(pki, { 'scheduler@cp-1': held });
  t.deepEqual(
    found.wrong.map(({ where, message }) => `${where}: ${message}`),
    ['scheduler@cp-1: its certificate is not for clients'],
  );
  t.is(found.rows.find(({ client }) => client === 'scheduler')?.cells.apiserver, 'wrong');
});

test("etcd's server certificate without the usage of a client breaks its gateway", async (t) => {
  const held = await otherwise(pki, { id: 'etcd/server@cp-1', spec: { usages: ['server'] } });
  t.deepEqual(await wrong(pki, { 'etcd/server@cp-1': held }), ['etcd/server@cp-1: its certificate is not for clients']);
});

test('a server that is for clients alone is refused by its clients', async (t) => {
  const held = await otherwise(pki, { id: 'apiserver@cp-1', spec: { usages: ['client'] } });
  t.true((await wrong(pki, { 'apiserver@cp-1': held })).includes('apiserver@cp-1: its certificate is not for servers'));
});

test('another user name or group is another identity', async (t) => {
  const spec = { commonName: 'june', organizations: ['developers', 'admins'] };
  const held = await otherwise(pki, { id: 'user/jane', spec });
  const planned = 'not for the user "jane" of "developers"';
  t.deepEqual(await wrong(pki, { 'user/jane': held }), [
    `user/jane: apiserver takes it for the user "june" of "admins", "developers", ${planned}`,
    `user/jane: kubelet/server takes it for the user "june" of "admins", "developers", ${planned}`,
  ]);
});

test('one group more is another identity', async (t) => {
  const held = await otherwise(pki, {
    id: 'admin',
    spec: { organizations: ['kubeadm:cluster-admins', 'system:masters'] },
  });
  const [first = ''] = await wrong(pki, { admin: held });
  t.regex(first, /^admin: apiserver takes it for the user "kubernetes-admin" of "system:masters", .*, not for/);
});

test('a front proxy of another name is refused', async (t) => {
  const held = await otherwise(pki, { id: 'front-proxy-client@cp-1', spec: { commonName: 'somebody' } });
  const found = await tried(pki, { 'front-proxy-client@cp-1': held });
  const bad = found.filter(({ outcome }) => outcome === 'wrong');
  t.deepEqual(
    bad.map(({ attempt, ...result }) => [attempt.server, 'observed' in result && result.observed]),
    [
      ['webhook/kube-system/metrics', { as: 'refused', by: '401', reason: 'name' }],
      ['apiserver@cp-1', { as: 'refused', by: '401', reason: 'name' }],
    ],
  );
});

test("a user's certificate of the front proxy's name, by its authority, may speak for anybody, and that is found", async (t) => {
  const held = await otherwise(pki, {
    id: 'user/jane',
    spec: { commonName: 'front-proxy-client' },
    by: 'front-proxy-ca',
  });
  const found = await wrong(pki, { 'user/jane': held });
  t.true(
    found.includes(
      'user/jane: webhook/kube-system/metrics takes it for the front proxy "front-proxy-client", and is to refuse it',
    ),
    found.join('\n'),
  );
});

test('a key of another certificate is found once, however many connections it spoils', async (t) => {
  const { wrong: found, counts } = await summed(pki, {
    'etcd/server@cp-1': { ...of('etcd/server@cp-1'), ...only('key', 'scheduler@cp-1') },
  });
  t.deepEqual(
    found.map(({ where, message }) => [where, message]),
    [['etcd/server@cp-1', 'its key does not belong to its certificate']],
  );
  t.true(counts.wrong > 10);
});

const aDay = { validity: 86_400 };

test('what is over is said with its time, of a client and of a server', async (t) => {
  const now = new Date(Date.now() - 3 * day);
  const admin = await otherwise(pki, { id: 'admin', spec: aDay, now });
  const apiserver = await otherwise(pki, { id: 'apiserver@cp-1', spec: aDay, now });
  const over = (held: Held) => `its certificate is over since ${held.certificate?.notAfter.toISOString()}`;
  t.deepEqual(await wrong(pki, { admin }), [`admin: ${over(admin)}`]);
  t.true((await wrong(pki, { 'apiserver@cp-1': apiserver })).includes(`apiserver@cp-1: ${over(apiserver)}`));
});

test('what has not begun is said with its time', async (t) => {
  const admin = await otherwise(pki, { id: 'admin', spec: aDay, now: new Date(Date.now() + 3 * day) });
  const from = admin.certificate?.notBefore.toISOString();
  t.deepEqual(await wrong(pki, { admin }), [`admin: its certificate does not begin before ${from}`]);
});

test('what is not there is not tried, and neither wrong nor silent', async (t) => {
  const planted = { admin: only('certificate', 'admin'), 'etcd/peer@cp-1': {} };
  const { wrong: found, untried, counts } = await summed(pki, planted);
  t.deepEqual(found, []);
  t.deepEqual(untried.map(({ where, message }) => [where, message]).sort(), [
    ['admin', 'its key is not there'],
    ['etcd/peer@cp-1', 'its certificate is not there'],
  ]);
  t.true(counts.untried > 10);
});

test('what cannot be read is told in its own words', async (t) => {
  const error = new PkiError('KEY_UNREADABLE', 'admin.conf: the private key is encrypted', { hint: 'decrypt it' });
  const find = async ({ id }: { id: string }) => {
    if (id === 'admin') throw error;
    return of(id);
  };
  const { wrong: found } = await summarize(tryConnections({ plan: pki.plan, find }));
  t.deepEqual(
    found.map(({ where, message, hint }) => [where, message, hint]),
    [['admin', error.message, 'decrypt it']],
  );
});

test('an authority that is over is told as what it is', async (t) => {
  const { spec, key } = pki.credentials.get('etcd/ca') ?? {};
  if (spec?.kind !== 'authority' || key === undefined) return t.fail();
  const { life, ...its } = template(spec, pki.plan);
  const { certificate } = await selfSigned({
    template: { ...its, life: { ...life, validity: 86_400 } },
    key,
    now: new Date(Date.now() - 3 * day),
    random: (count) => randomBytes(count),
  });
  t.deepEqual(
    new Set((await wrong(pki, { 'etcd/ca': { certificate } })).map((line) => line.replace(/^.*?: /, ''))),
    new Set(['an authority over it is over']),
  );
});

test('an authority that was replaced is trusted by nobody', async (t) => {
  const other = await made(two);
  const found = await wrong(pki, { 'etcd/ca': other.credentials.get('etcd/ca') ?? {} });
  t.true(found.includes('etcd/server@cp-1: its clients do not trust the authority that signed it'), found.join('\n'));
  t.true(found.includes('etcd/healthcheck-client@cp-1: etcd/peer does not trust the authority that signed it'));
  t.false(found.some((line) => line.startsWith('scheduler') || line.includes('apiserver@')));
});

test('an authority that is the same as another lets in those of the other', async (t) => {
  const found = await wrong(pki, { 'etcd/ca': pki.credentials.get('ca') ?? {} });
  t.true(
    found.includes('scheduler@cp-1: etcd/server takes it for the user "system:kube-scheduler", and is to refuse it'),
    found.join('\n'),
  );
});
