import { PkiError } from '@kubepki/core';
import test from 'ava';
import { oldPlace } from '../old/place.ts';
import { assembled, flatPlace, made, memoryFiles, onNode, placesOf } from '../testing/old.ts';
import { authorityByHand } from '../testing/openssl.ts';
import { clusterTextOf, planOf } from './describe.ts';

const kubeadm = 'profile: kubeadm\nkubernetesVersion: "1.37"\nkeys: ecdsa-p256\n';
const one = 'nodes: [{name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}]\n';
const three = `nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: cp-2, roles: [control-plane], addresses: [10.0.0.12]}
  - {name: cp-3, roles: [control-plane], addresses: [10.0.0.13]}
controlPlaneEndpoint: api.example.com:6443
`;

/** A cluster file is made of what a PKI holds, and means the same as the one that the PKI was made of. */
const describes = test.macro({
  async exec(t, text: string, { flat = false, folder }: { flat?: boolean; folder?: string } = {}) {
    const pki = await made(text);
    const { text: found, plan } = clusterTextOf(flat ? [flatPlace(pki)] : placesOf(pki, folder));
    const { cluster } = pki.cluster.plan;
    t.deepEqual({ ...plan.cluster, serviceSubnets: [] }, { ...cluster, serviceSubnets: [] }, found);
    t.deepEqual(plan, pki.cluster.plan, found);
    t.deepEqual(planOf(found), plan, 'the text means what was returned');
  },
  title: (what = '') => `It describes ${what}`,
});

test('one node', describes, `${kubeadm}${one}`);
test('several control planes behind a name', describes, `${kubeadm}${three}`);
test(
  'control planes and a worker, given as their /',
  describes,
  `${kubeadm}${three.replace('control', 'control').replace('controlPlane', '  - {name: w-1, roles: [worker]}\ncontrolPlane')}`,
  { folder: '' },
);
test(
  'another name, another domain, and more names of the API server',
  describes,
  `${kubeadm}${one}name: blue\ndnsDomain: k8s.example.org\ncomponents: {apiserver: {sans: [api.example.com, 192.0.2.7, "2001:db8::7"]}, etcd: {serverSans: [etcd.example.com], peerSans: [192.0.2.9]}}\n`,
);
test(
  'a name that one node alone has',
  describes,
  `${kubeadm}${three}certificates: {apiserver@cp-2: {sans: [two.example.com]}}\n`,
);
test('other lives', describes, `${kubeadm}${one}validity: {authorities: 5y, leaves: 30d}\n`);
test(
  'an endpoint that is an address, and another port',
  describes,
  `${kubeadm}${one}controlPlaneEndpoint: 192.0.2.1:7443\ncomponents: {apiserver: {port: 7443}}\n`,
);
test(
  'IPv6 alone',
  describes,
  `${kubeadm}nodes: [{name: cp-1, roles: [control-plane], addresses: ["fd00:10::11"]}]\nserviceSubnets: ["fd00:96::/112"]\n`,
);
test('another range of services', describes, `${kubeadm}${one}serviceSubnets: [10.43.0.0/16]\n`);
test(
  'etcd on nodes of its own',
  describes,
  `${kubeadm}nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: etcd-1, roles: [etcd], addresses: [10.0.0.21]}
`,
);
test('etcd elsewhere', describes, `${kubeadm}${one}etcd: external\n`);
test('RSA, which is the default of kubeadm', describes, `profile: kubeadm\nkubernetesVersion: "1.37"\n${one}`);
test(
  'one folder with everything, by the profile strict and with one authority',
  describes,
  `${one}authorities: single\nlayout: {tree: flat}\n`,
  { flat: true },
);
test('one folder with three control planes', describes, `${three}layout: {tree: flat, names: pem}\n`, { flat: true });
test(
  'kubelets that all have renewed their certificates',
  describes,
  `${kubeadm}${three}components: {kubelet: {embed: none}}\n`,
);

test('1.28', describes, `profile: kubeadm\nkubernetesVersion: "1.28"\n${one}`);
test('1.32', describes, `profile: kubeadm\nkubernetesVersion: "1.32"\nkeys: ecdsa-p256\n${three}`);

test('What is guessed is said', async (t) => {
  const pki = await made(`${kubeadm}${one}serviceSubnets: [10.43.0.0/16]\n`);
  const { text } = clusterTextOf(placesOf(pki));
  t.regex(text, /# guessed from 10\.43\.0\.1 [^\n]*\n(#[^\n]*\n)*serviceSubnets: \[10\.43\.0\.0\/16\]/);
  t.regex(text, /# guessed from apiserver-kubelet-client, which has no group/);
  t.deepEqual(assembled(text).plan, pki.cluster.plan);
});
test(
  'lives that are alike on all nodes',
  describes,
  `${three}validity: {leaves: 60d, stagger: false}\nlayout: {tree: flat}\n`,
  { flat: true },
);

test("Authorities that no profile makes are somebody else's, with the paths of their files", async (t) => {
  const pki = await made(`${kubeadm}${one}`);
  const { certificate, key } = authorityByHand('kubernetes-ca');
  const texts = { ...onNode(pki, 'cp-1'), 'pki/ca.crt': certificate, 'pki/ca.key': key };
  const { text, plan } = clusterTextOf([oldPlace(memoryFiles('old', texts))]);
  t.regex(text, /^authorities:\n {2}ca: \{certificate: old\/pki\/ca\.crt, key: old\/pki\/ca\.key\}\n$/m);
  t.deepEqual(
    plan.specs.flatMap((spec) => (spec.kind === 'authority' ? [[spec.name, spec.given]] : [])),
    [
      ['ca', { key: true }],
      ['etcd/ca', false],
      ['front-proxy-ca', false],
    ],
  );
  const archive = { ...memoryFiles('x.tar', texts), real: () => undefined };
  t.throws(() => clusterTextOf([oldPlace(archive)]), {
    instanceOf: PkiError,
    code: 'INIT_UNDESCRIBED',
    message: /^x\.tar: /,
  });
});

test('Where no node or no control plane can be told, that is said', async (t) => {
  const pki = await made(`${kubeadm}${one}`);
  const refused = (texts: Record<string, string>) =>
    t.throws<PkiError>(() => clusterTextOf([oldPlace(memoryFiles('old', texts))]), {
      instanceOf: PkiError,
      code: 'INIT_NODES',
    });
  const { 'pki/ca.crt': ca = '', 'kubelet.conf': kubelet = '' } = onNode(pki, 'cp-1');
  t.is(refused({ 'pki/ca.crt': ca })?.message, 'old: nothing in it tells of which node it is');
  t.is(refused({ 'pki/ca.crt': ca, 'kubelet.conf': kubelet })?.message, 'no control plane is among what was given');
});

test('What the manifest of the API server tells is not guessed', async (t) => {
  const pki = await made(`${kubeadm}${one}`);
  const manifest = `apiVersion: v1
kind: Pod
spec:
  containers:
  - command:
    - kube-apiserver
    - --advertise-address=10.0.0.11
    - --service-cluster-ip-range=10.96.0.0/16,fd00:96::/112
    image: registry.k8s.io/kube-apiserver:v1.36.3
`;
  const texts = { ...onNode(pki, 'cp-1'), 'manifests/kube-apiserver.yaml': manifest };
  const { text, plan } = clusterTextOf([oldPlace(memoryFiles('old', texts))]);
  t.false(text.includes('guessed from'));
  t.deepEqual(plan.cluster.version, { minor: 36, patch: 3 });
  t.deepEqual(plan.cluster.serviceSubnets, ['10.96.0.0/16', 'fd00:96::/112']);
});

test('The control plane that kubeadm made first is the first, however they are given', async (t) => {
  const pki = await made(`${kubeadm}${three}`);
  const { plan } = clusterTextOf([...placesOf(pki)].reverse());
  t.is(plan.cluster.nodes[0]?.name, 'cp-1');
});

test('A certificate that a kubelet made for itself is no sign that others make them', async (t) => {
  const own = await made(`${kubeadm}${one}`);
  const self = authorityByHand('cp-1@1790000000');
  const texts = { ...onNode(own, 'cp-1', ''), 'var/lib/kubelet/pki/kubelet.crt': self.certificate };
  t.deepEqual(clusterTextOf([oldPlace(memoryFiles('cp-1', texts))]).plan, own.cluster.plan);
  const serving = await made(`${kubeadm}${one}components: {kubelet: {serving: true}}\n`);
  t.deepEqual(clusterTextOf(placesOf(serving, '')).plan, serving.cluster.plan);
});
