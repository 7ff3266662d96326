import { createHash, X509Certificate } from 'node:crypto';
import { type Cluster, type EmitterHost, PkiError } from '@kubepki/core';
import { memoryPki, testCluster, testEmitter, testLayout } from '@kubepki/testkit';
import test from 'ava';
import { parse, parseAllDocuments } from 'yaml';
import { bootstrap } from './index.ts';

const token = 'abc123.0123456789abcdef';
const lending = (text: string): EmitterHost => ({ readSecret: () => text });
const host = lending(`${token}\n`);
const cluster = testCluster();

testEmitter(test, bootstrap, {
  host,
  options: [{ tokenFile: 't', nodes: ['cp-1'], expires: '2027-01-31T12:00:00Z', groups: ['system:bootstrappers:x'] }],
});

async function made(options: Parameters<typeof bootstrap>[0] = {}, facts: Cluster = cluster) {
  const pki = await memoryPki(facts, { emitters: [bootstrap(options, host)] });
  const text = (path: string) => pki.files.get(path)?.text ?? '';
  const documents = (path: string) => parseAllDocuments(text(path)).map((document) => document.toJS());
  return { pki, text, documents };
}

test('A kubeconfig has the token, and trusts who signs for the API server', async (t) => {
  const { pki, text } = await made();
  t.deepEqual([...pki.files.keys()].sort(), [
    'bootstrap/bootstrap-kubelet.conf',
    'manifests/bootstrap/cluster-info.yaml',
    'manifests/bootstrap/token.yaml',
  ]);
  const config = parse(text('bootstrap/bootstrap-kubelet.conf'));
  t.deepEqual(config.users, [{ name: 'tls-bootstrap-token-user', user: { token } }]);
  t.is(config['current-context'], `tls-bootstrap-token-user@${cluster.name}`);
  const { server, 'certificate-authority-data': data } = config.clusters[0].cluster;
  const trusted = new X509Certificate(Buffer.from(data, 'base64'));
  t.deepEqual(trusted.raw, Buffer.from(pki.credential('stand-in/ca').certificate?.der ?? []));
  const spki = trusted.publicKey.export({ format: 'der', type: 'spki' });
  const hash = createHash('sha256').update(spki).digest('hex');
  const info = text('manifests/bootstrap/cluster-info.yaml');
  t.true(info.includes(`\n# --discovery-token-ca-cert-hash sha256:${hash}\n`), info);
  t.regex(server, /^https:\/\//);
});

test('The Secret has the fields of kubeadm, and says that it stays', async (t) => {
  const { text, documents } = await made();
  const [secret, ...more] = documents('manifests/bootstrap/token.yaml');
  t.deepEqual(more, []);
  const data = Object.entries(secret.data).map(([name, value]) => [name, Buffer.from(`${value}`, 'base64').toString()]);
  t.deepEqual(
    { ...secret, data: Object.fromEntries(data) },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'bootstrap-token-abc123', namespace: 'kube-system' },
      type: 'bootstrap.kubernetes.io/token',
      data: {
        'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
        'token-id': 'abc123',
        'token-secret': '0123456789abcdef',
        'usage-bootstrap-authentication': 'true',
        'usage-bootstrap-signing': 'true',
      },
    },
  );
  t.regex(text('manifests/bootstrap/token.yaml'), /^# It has no expiration/);
  const ends = await made({ expires: '2027-01-31T12:00:00Z' });
  const [ended] = ends.documents('manifests/bootstrap/token.yaml');
  t.is(Buffer.from(ended.data.expiration, 'base64').toString(), '2027-01-31T12:00:00Z');
});

test('cluster-info has one cluster without a name and nobody, and anybody may read it alone', async (t) => {
  const { text, documents } = await made();
  const [map, role, binding] = documents('manifests/bootstrap/cluster-info.yaml');
  t.deepEqual(map.metadata, { name: 'cluster-info', namespace: 'kube-public' });
  const own = parse(text('bootstrap/bootstrap-kubelet.conf'));
  t.deepEqual(parse(map.data.kubeconfig), {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: '', cluster: own.clusters[0].cluster }],
    contexts: null,
    'current-context': '',
    users: null,
  });
  t.deepEqual(role.rules, [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'], verbs: ['get'] },
  ]);
  t.deepEqual(
    [role.metadata, binding.metadata, binding.roleRef.name, binding.subjects[0].name],
    [binding.metadata, role.metadata, 'kubeadm:bootstrap-signer-clusterinfo', 'system:anonymous'],
  );
  t.false(text('manifests/bootstrap/cluster-info.yaml').includes('0123456789abcdef'));
});

test('A node that is named has the kubeconfig among its files', async (t) => {
  const { pki, text } = await made({ nodes: ['cp-1'] });
  const path = 'nodes/cp-1/etc/kubernetes/bootstrap-kubelet.conf';
  t.is(text(path), text('bootstrap/bootstrap-kubelet.conf'));
  t.like(pki.files.get(path), { mode: 0o600 });
  await t.throwsAsync(made({ nodes: ['cp-1', 'other'] }), {
    code: 'BOOTSTRAP_NODES',
    message: 'emitter bootstrap: nodes names other, of whom nothing is planned',
  });
  const flat = { ...testLayout, installed: () => undefined };
  const files = () => [...bootstrap({ nodes: ['cp-1'] }, host).files({ specs: [] }, { plan: pki.plan, layout: flat })];
  t.throws(files, { code: 'BOOTSTRAP_NODES', message: /this layout has no folder for each/ });
});

test('Another token is another file, and no file says of itself which', async (t) => {
  const { pki } = await made();
  const files = (text: string) => [
    ...bootstrap({}, lending(text)).files({ specs: [] }, { plan: pki.plan, layout: testLayout }),
  ];
  t.deepEqual(files(token), files(` ${token} `));
  t.notDeepEqual(files(token), files('abc123.0123456789abcdeg'));
  t.false(JSON.stringify(files(token)).includes(token.slice(7)));
});

test('What is no token is refused, and not repeated', async (t) => {
  const { pki } = await made();
  for (const [text, found] of [
    ['', 'it is empty'],
    ['abc123', 'its 6 characters are not of that form'],
    [token.toUpperCase(), 'its 23 characters are not of that form'],
    [`${token}\n${token}`, 'its 47 characters are not of that form'],
  ] as const) {
    const files = () => [
      ...bootstrap({ tokenFile: 'my-token' }, lending(text)).files(
        { specs: [] },
        { plan: pki.plan, layout: testLayout },
      ),
    ];
    const error = t.throws(files, { instanceOf: PkiError, code: 'BOOTSTRAP_TOKEN' });
    t.is(error?.message, `emitter bootstrap: my-token holds no token ID.SECRET: ${found}`);
  }
  t.throws(() => [...bootstrap().files({ specs: [] }, { plan: pki.plan, layout: testLayout })], {
    code: 'BOOTSTRAP_TOKEN',
  });
});
