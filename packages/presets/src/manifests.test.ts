import test from 'ava';
import { parseAllDocuments } from 'yaml';
import { assembled, made, oneNode, threeControlPlanes } from './_assembled.test.ts';

/** The documents of a manifest; they read alike as YAML 1.1 and 1.2. */
async function documents(text: string, path: string) {
  const content = (await made(text)).get(path) ?? '';
  const [old, now] = (['1.1', '1.2'] as const).map((version) =>
    parseAllDocuments(content, { version, strict: true }).map((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS();
    }),
  );
  return { old, now };
}

const group = 'rbac.authorization.k8s.io';
const binding = (name: string, role: string, kind: 'User' | 'Group', subject: string) => ({
  apiVersion: `${group}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: group, kind, name: subject }],
});

const admins = binding('kubeadm:cluster-admins', 'cluster-admin', 'Group', 'kubeadm:cluster-admins');
const renewal = binding(
  'kubeadm:node-autoapprove-certificate-rotation',
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  'Group',
  'system:nodes',
);
const kubelets = binding(
  'kubeadm:apiserver-kubelet-client',
  'system:kubelet-api-admin',
  'User',
  'kube-apiserver-kubelet-client',
);

const binds = test.macro(async (t, text: string, ...bindings: object[]) => {
  const { old, now } = await documents(text, 'manifests/rbac.yaml');
  t.deepEqual<unknown, unknown>(now, bindings);
  t.deepEqual(old, now);
});

test(
  'rbac.yaml has the binding of each identity of the plan once',
  binds,
  threeControlPlanes,
  admins,
  kubelets,
  renewal,
);
test(
  'A serving certificate that is shown to kubelets has its binding in place of the client’s',
  binds,
  `${oneNode}apiserverClients: {kubelet: serving}`,
  admins,
  binding('kubepki:apiserver-serving-kubelet-client', 'system:kubelet-api-admin', 'User', 'kube-apiserver'),
  renewal,
);
test(
  'From 1.29 to 1.33.11 one binding is for the administrator and the client for kubelets',
  binds,
  `${oneNode}kubernetesVersion: "1.32"`,
  admins,
  renewal,
);
test(
  'That binding is there without an administrator too',
  binds,
  `${oneNode}kubernetesVersion: "1.32"\ncomponents: {admin: false}`,
  admins,
  renewal,
);
test('Up to 1.28 kubelets alone need one', binds, `${oneNode}kubernetesVersion: "1.28"`, renewal);
test(
  'konnectivity brings its own, and kubelets that do not renew need none',
  binds,
  `${oneNode}components: {konnectivity: true, kubelet: {rotates: false}}`,
  admins,
  kubelets,
  binding('system:konnectivity-server', 'system:auth-delegator', 'User', 'system:konnectivity-server'),
);

test('What rbac.yaml says is what the plan’s bindings say', async (t) => {
  const { plan } = assembled(threeControlPlanes);
  const asked = new Set(
    plan.specs.flatMap((spec) => (spec.kind === 'leaf' ? spec.bindings : [])).map((each) => each.binding),
  );
  const { now } = await documents(threeControlPlanes, 'manifests/rbac.yaml');
  t.deepEqual(now?.map(({ metadata }) => metadata.name).sort(), [...asked].sort());
});

const text = `${oneNode}
components: {etcd-clients: true, webhook: {services: [{name: policy, namespace: "1e3"}]}}
users: [{name: jane}]
emitters: {secrets: {include: [ca, sa, apiserver, user/jane], stream: true}}
`;

test('A stream of Secrets is read as one document each, with names that stay text', async (t) => {
  const { old, now } = await documents(text, 'manifests/secrets.yaml');
  t.deepEqual(
    now?.map(({ kind, metadata, type, data }) => [
      kind,
      `${metadata.namespace}/${metadata.name}`,
      type,
      Object.keys(data).join(),
    ]),
    [
      ['Secret', 'kube-system/ca', 'kubernetes.io/tls', 'tls.crt,tls.key'],
      ['Secret', 'kube-system/sa', 'Opaque', 'sa.key,sa.pub'],
      ['Secret', 'kube-system/user-jane', 'kubernetes.io/tls', 'tls.crt,tls.key,ca.crt'],
      ['Secret', 'kube-system/etcd-backup-client', 'kubernetes.io/tls', 'tls.crt,tls.key,ca.crt'],
      ['Secret', '1e3/policy-tls', 'kubernetes.io/tls', 'tls.crt,tls.key,ca.crt'],
    ],
  );
  t.deepEqual(old, now);
  const node = await documents(text, 'manifests/secrets-cp-1.yaml');
  t.deepEqual(
    node.now?.map(({ metadata }) => metadata.name),
    ['apiserver-cp-1'],
  );
});

test('The data of a Secret is the PEM of the same files', async (t) => {
  const tree = await made(text);
  const file = (path: string) => tree.get(path) ?? '';
  const { now = [] } = await documents(text, 'manifests/secrets.yaml');
  const decoded = (name: string, key: string) => {
    const secret = now.find(({ metadata }) => metadata.name === name);
    return Buffer.from(secret?.data[key] ?? '', 'base64').toString();
  };
  t.is(decoded('ca', 'tls.crt'), file('authorities/ca.crt'));
  t.is(decoded('ca', 'tls.key'), file('authorities/ca.key'));
  t.is(decoded('sa', 'sa.key'), file('authorities/sa.key'));
  t.is(decoded('sa', 'sa.pub'), file('authorities/sa.pub'));
  t.is(decoded('etcd-backup-client', 'tls.crt'), file('clients/etcd/backup-client.crt'));
  t.is(decoded('etcd-backup-client', 'ca.crt'), file('authorities/etcd/ca.crt'));
  t.is(decoded('policy-tls', 'tls.key'), file('servers/webhook/1e3/policy.key'));
  t.is(decoded('policy-tls', 'ca.crt'), file('authorities/ca.crt'));
});

test('By themselves Secrets hold nothing of a node or a person, and no key of an authority', async (t) => {
  const { plan, emitters, layout } = assembled(
    `${oneNode}components: {etcd-clients: true}\nusers: [{name: jane}]\nemitters: {secrets: true}`,
  );
  const secrets = emitters.find(({ name }) => name === 'secrets');
  const files = [...(secrets?.files({ specs: plan.specs }, { plan, layout }) ?? [])];
  t.deepEqual(
    files.flatMap((file) => ('link' in file ? [] : file.holds.map(({ id, part }) => `${id} ${part}`))),
    ['etcd/backup-client certificate', 'etcd/backup-client key', 'etcd/ca certificate'],
  );
});
