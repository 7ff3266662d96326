import test from 'ava';
import type { Plan, Profile } from '../plan/plan.ts';
import type { AuthoritySpec, LeafSpec } from '../plan/spec.ts';
import { template, waivers } from './index.ts';

const ca: AuthoritySpec = {
  kind: 'authority',
  id: 'ca',
  name: 'ca',
  component: 'cluster-ca',
  commonName: 'kubernetes',
  keys: 'ecdsa-p256',
  validity: 315_360_000,
  serves: ['cluster/client'],
  given: false,
};
const leaf: LeafSpec = {
  kind: 'leaf',
  id: 'kubelet@n1',
  name: 'kubelet',
  component: 'kubelet',
  node: 'n1',
  issuer: 'cluster/client',
  commonName: 'system:node:n1',
  organizations: ['system:nodes'],
  usages: ['client'],
  sans: { dns: [], ips: [] },
  keys: 'ecdsa-p256',
  validity: 31_536_000,
  person: false,
  reload: 'restart',
  flags: {},
  reads: [],
  accepts: [],
  clients: [],
  connects: [],
  bindings: [],
};
const planOf = (profile: Profile, minor = 36, ...others: readonly AuthoritySpec[]): Plan => ({
  version: 1,
  profile,
  cluster: {
    name: 'c',
    version: { minor, patch: 0 },
    endpoint: { host: 'c.example' },
    dnsDomain: 'cluster.local',
    serviceSubnets: ['10.96.0.0/12'],
    nodes: [],
    etcd: 'nodes',
  },
  backdate: 300,
  uses: {
    'cluster/client': { signs: 'ca', trusts: ['ca'] },
    top: { signs: 'ca', trusts: ['ca'] },
    middle: { signs: 'middle', trusts: ['ca'] },
  },
  specs: [ca, ...others, leaf],
});
const strict = planOf('strict');
const kubeadm = planOf('kubeadm');

test('a strict authority signs certificates and lists of revocations, and nothing below it signs', (t) => {
  t.deepEqual(template(ca, strict), {
    subject: [{ type: 'CN', value: 'kubernetes' }],
    authority: true,
    pathLength: 0,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: [],
    sans: { dns: [], ips: [] },
    subjectKeyId: true,
    serialBits: 159,
    life: { validity: 315_360_000, from: 'backdate', backdate: 300, counts: 'life', cut: true },
    uses: ['cluster/client', 'top', 'middle'],
    waives: [],
  });
});

test("kubeadm's authority has kubeadm's usages, its name as a SAN and no path length", (t) => {
  t.deepEqual(template(ca, kubeadm), {
    subject: [{ type: 'CN', value: 'kubernetes' }],
    authority: true,
    keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
    extendedKeyUsage: [],
    sans: { dns: ['kubernetes'], ips: [] },
    subjectKeyId: true,
    serialBits: 63,
    life: { validity: 315_360_000, from: 'backdate', backdate: 300, counts: 'fromNow', cut: false },
    uses: ['cluster/client', 'top', 'middle'],
    waives: waivers.kubeadm.map(({ rule }) => rule),
  });
});

test('a strict leaf enciphers keys only with RSA, and names its key', (t) => {
  t.deepEqual(template(leaf, strict), {
    subject: [
      { type: 'O', value: 'system:nodes' },
      { type: 'CN', value: 'system:node:n1' },
    ],
    authority: false,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['clientAuth'],
    sans: { dns: [], ips: [] },
    subjectKeyId: true,
    serialBits: 159,
    life: { validity: 31_536_000, from: 'backdate', backdate: 300, counts: 'life', cut: true },
    uses: ['cluster/client'],
    waives: [],
  });
  t.deepEqual(template({ ...leaf, keys: 'rsa-2048' }, strict).keyUsage, ['digitalSignature', 'keyEncipherment']);
  t.deepEqual(template({ ...leaf, keys: 'ed25519' }, strict).keyUsage, ['digitalSignature']);
});

test("kubeadm's leaf enciphers keys always, and does not name its key", (t) => {
  const { keyUsage, subjectKeyId, serialBits } = template(leaf, kubeadm);
  t.deepEqual(
    { keyUsage, subjectKeyId, serialBits },
    { keyUsage: ['digitalSignature', 'keyEncipherment'], subjectKeyId: false, serialBits: 63 },
  );
});

test('names are sorted, addresses keep their order, and each stands once', (t) => {
  const sans = { dns: ['b', 'a.c', 'b', 'A'], ips: ['10.0.0.2', '10.0.0.1', '::1', '10.0.0.2'] };
  t.deepEqual(template({ ...leaf, sans }, strict).sans, {
    dns: ['A', 'a.c', 'b'],
    ips: ['10.0.0.2', '10.0.0.1', '::1'],
  });
});

test('usages stand in the order of kubeadm', (t) => {
  t.deepEqual(template({ ...leaf, usages: ['client', 'server'] }, kubeadm).extendedKeyUsage, [
    'serverAuth',
    'clientAuth',
  ]);
});

test('organisations stand once, before the common name, and in the order of their DER', (t) => {
  const organizations = ['system:masters', 'bb', 'a', 'bb', 'b@', 'aa', 'system:nodes'];
  const { subject } = template({ ...leaf, organizations, commonName: '' }, strict);
  t.deepEqual(
    subject.map(({ value }) => value),
    ['a', 'b@', 'aa', 'bb', 'system:nodes', 'system:masters'],
  );
  t.true(template({ ...leaf, organizations }, strict).subject.findIndex(({ type }) => type === 'CN') === 6);
});

const lives = test.macro({
  title: (title) => title ?? '',
  exec(t, spec: LeafSpec | AuthoritySpec, minor: number, from: 'backdate' | 'issuer') {
    t.deepEqual(template(spec, planOf('kubeadm', minor)).life, {
      validity: spec.validity,
      from,
      backdate: 300,
      counts: 'fromNow',
      cut: false,
    });
  },
});
const inKubeconfig: LeafSpec = { ...leaf, kubeconfig: { credentials: 'embedded' } };
test('up to 1.30 a leaf of kubeadm begins with its authority', lives, leaf, 30, 'issuer');
test('up to 1.30 a client in a kubeconfig of kubeadm begins with its authority', lives, inKubeconfig, 30, 'issuer');
test('up to 1.30 an authority of kubeadm is backdated', lives, ca, 30, 'backdate');
test('from 1.31 on a leaf of kubeadm is backdated', lives, leaf, 31, 'backdate');
test('from 1.31 on a client in a kubeconfig of kubeadm begins with its authority', lives, inKubeconfig, 31, 'issuer');
test('from 1.31 on an authority of kubeadm is backdated', lives, ca, 31, 'backdate');

test('a strict authority allows as many authorities below it as the plan has', (t) => {
  const middle: AuthoritySpec = { ...ca, id: 'middle', name: 'middle', issuer: 'top', serves: [] };
  const lowest: AuthoritySpec = { ...ca, id: 'lowest', name: 'lowest', issuer: 'middle', serves: [] };
  const plan = planOf('strict', 36, middle, lowest);
  t.deepEqual(
    [ca, middle, lowest].map((spec) => template(spec, plan).pathLength),
    [2, 1, 0],
  );
  t.is(template(ca, planOf('strict', 36, middle)).pathLength, 1);
});

test('a template is plain JSON', (t) => {
  for (const spec of [ca, leaf])
    t.deepEqual(JSON.parse(JSON.stringify(template(spec, strict))), template(spec, strict));
});
