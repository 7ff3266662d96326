import { generateKeyPairSync } from 'node:crypto';
import { type Cluster, makePlan, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { serviceAccount } from './index.ts';

const pemOf = (kind: 'ec' | 'rsa' | 'ed25519', namedCurve = 'P-256') => {
  const { publicKey, privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve })
      : kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ed25519');
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const [first, second] = [pemOf('ec'), pemOf('rsa')];

testComponent(test, serviceAccount, { options: [{ older: [first.pem, second.pem] }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.10' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
  ],
  etcd: 'nodes',
};

test('All control planes share one key pair, which has no certificate', (t) => {
  t.deepEqual([...serviceAccount().plan(cluster)], [{ kind: 'keypair', name: 'sa', serves: ['sa'] }]);
});

test('An option that it does not have is refused', (t) => {
  const error = t.throws(() => serviceAccount.from({ algorithm: 'rsa' }), { instanceOf: PkiError });
  t.is(error?.code, 'PLUGIN_OPTIONS');
  t.is(error?.problems[0]?.where, 'component service-account');
  t.regex(error?.problems[0]?.message ?? '', /algorithm/);
});

test('Older keys are trusted behind the one that signs, each once and by a name of its own', (t) => {
  const older = [`# of 2025\n${first.pem}${second.pem}`, second.pem];
  const specs = [...serviceAccount({ older }).plan(cluster)];
  t.deepEqual(
    specs.slice(1).map((spec) => ({ ...spec, name: /^sa-[0-9a-f]{8}$/.test(spec.name) })),
    [
      { kind: 'keypair', name: true, serves: ['sa'], keys: 'ecdsa-p256', publicKey: first.pem },
      { kind: 'keypair', name: true, serves: ['sa'], keys: 'rsa-2048', publicKey: second.pem },
    ],
  );
  const { uses } = makePlan({
    cluster,
    components: [serviceAccount({ older })],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3_600 },
    backdate: 300,
  });
  t.deepEqual(uses, { sa: { signs: 'sa', trusts: specs.map(({ name }) => name) } });
});

test('What is no public key that signs tokens is refused, and never repeated', (t) => {
  const wrong = ['', 'sa.pub', first.secret, first.pem + second.secret, pemOf('ed25519').pem, pemOf('ec', 'P-521').pem];
  const error = t.throws(() => serviceAccount.from({ older: wrong }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map(({ where }) => where),
    wrong.map((_, index) => `component service-account.older.${index}`),
  );
  t.notRegex(JSON.stringify(error) + error?.stack, /PRIVATE|MII|MHc/);
});
