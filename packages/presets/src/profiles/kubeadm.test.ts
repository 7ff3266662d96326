import { PkiError } from '@kubepki/core';
import test from 'ava';
import {
  assembled,
  contents,
  etcdElsewhere,
  etcdOnItsOwn,
  oneNode,
  refusal,
  threeControlPlanes,
} from '../_assembled.test.ts';

const at = (version: string, more = '') => `${oneNode}profile: kubeadm\nkubernetesVersion: "${version}"\n${more}`;
const keysOf = (text: string, ids: readonly string[]) =>
  assembled(text).plan.specs.flatMap((spec) => ('keys' in spec && ids.includes(spec.id) ? [spec.keys] : []));

test('Its keys are RSA-2048 where the file says nothing', (t) => {
  const { specs } = assembled(at('1.37')).plan;
  t.deepEqual([...new Set(specs.flatMap((spec) => ('keys' in spec ? [spec.keys] : [])))], ['rsa-2048']);
});

const some = ['ca', 'sa', 'apiserver@cp-1', 'controller-manager@cp-1', 'admin@cp-1', 'kubelet/client@cp-1'];
const all = (keys: string) => some.map(() => keys);

test('From 1.31 on one algorithm holds for authorities, leaves, kubeconfigs and tokens', (t) => {
  t.deepEqual(keysOf(at('1.31.0', 'keys: ecdsa-p256'), some), all('ecdsa-p256'));
  t.deepEqual(keysOf(at('1.37', 'keys: rsa-4096'), some), all('rsa-4096'));
});

test('Up to 1.30 the clients in kubeconfigs are RSA-2048 whatever else is', (t) => {
  const rsa = 'rsa-2048';
  t.deepEqual(keysOf(at('1.30', 'keys: ecdsa-p256'), ['ca', 'sa', 'apiserver@cp-1']), [
    'ecdsa-p256',
    'ecdsa-p256',
    'ecdsa-p256',
  ]);
  t.deepEqual(keysOf(at('1.30', 'keys: ecdsa-p256'), some.slice(3)), [rsa, rsa, rsa]);
  t.deepEqual(keysOf(at('1.28', 'keys: ecdsa-p256'), some.slice(3)), [rsa, rsa, rsa]);
});

const knows = test.macro({
  exec: (t, version: string, keys: string) => t.deepEqual(keysOf(at(version, `keys: ${keys}`), ['ca']), [keys]),
  title: (_, version, keys) => `kubeadm ${version} knows ${keys}`,
});
const knowsNo = test.macro({
  exec(t, version: string, keys: string) {
    const [message] = refusal(t, 'PROFILE_ALGORITHM', () => assembled(at(version, `keys: ${keys}`)));
    t.is(message, `kubeadm ${version} knows no ${keys}`);
  },
  title: (_, version, keys) => `kubeadm ${version} knows no ${keys}`,
});

test(knows, '1.28.0', 'rsa-2048');
test(knows, '1.30.14', 'ecdsa-p256');
test(knowsNo, '1.30.14', 'rsa-3072');
test(knowsNo, '1.28.15', 'rsa-4096');
test(knows, '1.31.0', 'rsa-3072');
test(knows, '1.31.0', 'rsa-4096');
test(knowsNo, '1.33.99', 'ecdsa-p384');
test(knows, '1.34.0', 'ecdsa-p384');

test('Every algorithm that it lacks is named, and those that it has', (t) => {
  const text = at('1.30.14', 'keys: {authorities: rsa-3072, leaves: rsa-4096, serviceAccounts: rsa-2048}');
  const error = t.throws(() => assembled(text), { instanceOf: PkiError });
  t.is(error?.message, 'kubeadm 1.30.14 knows no rsa-3072 and no rsa-4096');
  t.is(error?.hint, 'with profile kubeadm set keys to one of rsa-2048, ecdsa-p256, or use profile strict');
});

test('Ed25519 is refused with what there is instead', (t) => {
  const [message] = refusal(t, 'PROFILE_ALGORITHM', () =>
    assembled(at('1.37.2', 'keys: {authorities: ed25519, leaves: ed25519, serviceAccounts: ecdsa-p256}')),
  );
  t.is(message, 'kubeadm 1.37.2 knows no ed25519');
});

test('Two algorithms are refused, also where an exception brings the second', (t) => {
  const says = 'kubeadm has one algorithm for all keys, and';
  const one = refusal(t, 'PROFILE_ALGORITHM', () => assembled(at('1.37', 'keys: {authorities: rsa-4096}')));
  t.deepEqual(one, [`${says} rsa-4096 and rsa-2048 are asked for`]);
  const two = refusal(t, 'PROFILE_ALGORITHM', () =>
    assembled(at('1.37', 'certificates: {apiserver: {keys: ecdsa-p256}}')),
  );
  t.deepEqual(two, [`${says} rsa-2048 and ecdsa-p256 are asked for`]);
});

test("Somebody else's authority may have any key", (t) => {
  const given =
    'keys: {authorities: ecdsa-p384, leaves: rsa-2048, serviceAccounts: rsa-2048}\nauthorities: {ca: {certificate: c, key: k}, etcd/ca: ca, front-proxy-ca: ca}';
  t.deepEqual(keysOf(at('1.37', given), ['apiserver@cp-1']), ['rsa-2048']);
});

/** Where kubelet.conf leads, for each node. */
function kubelets(version: string) {
  const { plan } = assembled(`${threeControlPlanes.replace('1.37', version)}profile: kubeadm`);
  return Object.fromEntries(
    plan.specs.flatMap((spec) =>
      spec.kind === 'leaf' && spec.name === 'kubelet/client' ? [[spec.node, spec.connects[0]?.at]] : [],
    ),
  );
}

test('Kubelets of control planes ask their own API server from 1.33 on', (t) => {
  const workers = { 'w-1': 'endpoint', 'w-2': 'endpoint' };
  t.deepEqual(kubelets('1.32'), { 'cp-1': 'endpoint', 'cp-2': 'endpoint', 'cp-3': 'endpoint', ...workers });
  t.deepEqual(kubelets('1.33.0'), { 'cp-1': 'local', 'cp-2': 'local', 'cp-3': 'local', ...workers });
});

test('There is no kube-proxy, no serving certificate of a kubelet and no manifest unless they are named', (t) => {
  const names = (text: string) => [
    ...new Set(assembled(text).plan.specs.flatMap((spec) => (spec.kind === 'leaf' ? [spec.name] : []))),
  ];
  t.deepEqual(names(at('1.37')), [
    'etcd/server',
    'etcd/peer',
    'etcd/healthcheck-client',
    'front-proxy-client',
    'apiserver',
    'apiserver-kubelet-client',
    'apiserver-etcd-client',
    'controller-manager',
    'scheduler',
    'kubelet/client',
    'admin',
    'super-admin',
  ]);
  const more = names(at('1.37', 'components: {kube-proxy: true, kubelet: {serving: true}}'));
  t.true(more.includes('kube-proxy') && more.includes('kubelet/server'));
  t.deepEqual(
    assembled(at('1.37')).emitters.map(({ name }) => name),
    ['filesystem', 'kubeconfig'],
  );
  t.true(assembled(at('1.37', 'emitters: {rbac: true}')).emitters.some(({ name }) => name === 'rbac'));
});

/** The keys of authorities on nodes. */
const authorityKeys = (text: string) =>
  contents(text).filter((line) => /^0600 nodes\/\S+: (ca|etcd\/ca|front-proxy-ca) key$/.test(line));

test('Each control plane has the keys of all authorities, and no worker has one', (t) => {
  const pki = (node: string) => `0600 nodes/${node}/etc/kubernetes/pki`;
  t.deepEqual(
    authorityKeys(`${threeControlPlanes}profile: kubeadm`),
    ['cp-1', 'cp-2', 'cp-3'].flatMap((node) => [
      `${pki(node)}/ca.key: ca key`,
      `${pki(node)}/front-proxy-ca.key: front-proxy-ca key`,
      `${pki(node)}/etcd/ca.key: etcd/ca key`,
    ]),
  );
});

test("Where control planes run no etcd they have no key of etcd's authority, as kubeadm has none then", (t) => {
  const pki = '0600 nodes/cp-1/etc/kubernetes/pki';
  const expected = [`${pki}/ca.key: ca key`, `${pki}/front-proxy-ca.key: front-proxy-ca key`];
  t.deepEqual(authorityKeys(`${etcdOnItsOwn}profile: kubeadm`), expected);
  const given = 'authorities: {etcd/ca: {certificate: e.crt, key: e.key}}';
  t.deepEqual(authorityKeys(`${etcdElsewhere}profile: kubeadm\n${given}`), expected);
});

test('With signsRequests: false a control plane has the keys all the same, as with kubeadm', (t) => {
  const text = at('1.37', 'components: {controller-manager: {signsRequests: false}}');
  t.true(authorityKeys(text).includes('0600 nodes/cp-1/etc/kubernetes/pki/ca.key: ca key'));
});
