import { X509Certificate } from 'node:crypto';
import { authority, type Cluster, client, defineComponent, type File, PkiError, type Plan } from '@kubepki/core';
import { type MemoryPki, memoryPki, sample, testCluster, testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { z } from 'zod';
import { clusterApi } from './index.ts';

const options = { kubeconfig: 'sample/person', namespace: 'clusters' };

testEmitter(test, clusterApi, { options: [options] });

/** The API server's client towards etcd, which is here where etcd is elsewhere. */
const etcdClients = defineComponent({
  name: 'etcd-clients',
  options: z.strictObject({}),
  *plan({ nodes }) {
    for (const { name: node, roles } of nodes) {
      if (!roles.includes('control-plane')) continue;
      const flags = { '--etcd-certfile': { part: 'certificate' }, '--etcd-keyfile': { part: 'key' } } as const;
      const connects = [{ to: 'etcd/server', at: 'each' }] as const;
      yield client({
        name: 'to-etcd',
        node,
        issuer: 'etcd/client',
        commonName: 'to-etcd',
        process: 'x',
        connects,
        flags,
      });
    }
  },
});

testEmitter(test, clusterApi, {
  name: 'emitter cluster-api with an etcd elsewhere',
  components: [etcdClients()],
  cluster: testCluster({ etcd: 'external', controlPlanes: 2 }),
  options: [options],
});

/** The files of a PKI, by what follows the cluster's name, each Secret as data. */
async function secretsOf(cluster: Cluster = testCluster(), given: Parameters<typeof memoryPki>[1] = {}) {
  const pki = await memoryPki(cluster, { emitters: [clusterApi(options)], components: [sample], ...given });
  const found = [...pki.files].map(([path, { text }]) => {
    const [, end = ''] = /^manifests\/cluster-api\/test-(.*)\.yaml$/.exec(path) ?? [];
    return [end, { text, data: dataOf(text) }] as const;
  });
  return { pki, secrets: Object.fromEntries(found) };
}

function dataOf(text: string): Readonly<Record<string, string>> {
  const lines = text.slice(text.indexOf('\ndata:\n')).matchAll(/^ {2}([\w.]+): (.*)$/gm);
  return Object.fromEntries(
    [...lines].map(([, key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]),
  );
}

const keyOf = (pki: MemoryPki, id: string) => pki.credential(id).key?.secret?.reveal();
const commonName = (pem = '') => new X509Certificate(pem).subject;

test('Cluster API has a Secret each for three authorities, the service-account keys and a kubeconfig', async (t) => {
  const { pki, secrets } = await secretsOf();
  t.deepEqual(Object.keys(secrets).sort(), ['ca', 'etcd', 'kubeconfig', 'proxy', 'sa']);
  for (const [end, name] of [
    ['ca', 'ca'],
    ['etcd', 'etcd-ca'],
    ['proxy', 'front-proxy-ca'],
  ] as const) {
    const data = secrets[end]?.data;
    t.deepEqual(Object.keys(data ?? {}), ['tls.crt', 'tls.key']);
    t.is(commonName(data?.['tls.crt']), `CN=TEST ONLY stand-in/${name}`);
    t.is(data?.['tls.key'], keyOf(pki, `stand-in/${name}`));
  }
  t.regex(secrets.sa?.data['tls.crt'] ?? '', /^-----BEGIN PUBLIC KEY-----/);
  t.is(secrets.sa?.data['tls.key'], keyOf(pki, 'stand-in/sa'));
  t.regex(secrets.kubeconfig?.data.value ?? '', /^current-context: "sample-person@test"$/m);
  t.regex(secrets.kubeconfig?.data.value ?? '', /^ {4}server: "https:\/\/api\.example\.com:6443"$/m);
});

test('A Secret has the type and the label by which Cluster API knows it', async (t) => {
  const { secrets } = await secretsOf();
  const [head] = secrets.proxy?.text.split(/^data:\n/m) ?? [];
  t.is(
    head,
    `apiVersion: "v1"
kind: "Secret"
metadata:
  name: "test-proxy"
  namespace: "clusters"
  labels:
    cluster.x-k8s.io/cluster-name: "test"
type: "cluster.x-k8s.io/secret"
`,
  );
});

test('With an etcd elsewhere its authority has no key, and the first control plane’s client is beside it', async (t) => {
  const { pki, secrets } = await secretsOf(testCluster({ etcd: 'external', controlPlanes: 2 }), {
    components: [sample, etcdClients()],
  });
  t.deepEqual(Object.keys(secrets).sort(), ['apiserver-etcd-client', 'ca', 'etcd', 'kubeconfig', 'proxy', 'sa']);
  t.deepEqual(Object.keys(secrets.etcd?.data ?? {}), ['tls.crt']);
  t.is(secrets['apiserver-etcd-client']?.data['tls.key'], keyOf(pki, 'to-etcd@cp-1'));
});

test('Of several authorities that are trusted the one that signs comes first', async (t) => {
  const next = defineComponent({
    name: 'next',
    options: z.strictObject({}),
    *plan() {
      yield authority({ name: 'a-next', commonName: 'next', serves: [] });
    },
  });
  const { secrets } = await secretsOf(testCluster(), {
    components: [next(), sample],
    uses: (declared) => ({
      ...declared,
      'cluster/client': { signs: 'stand-in/ca', trusts: ['a-next', 'stand-in/ca'] },
    }),
  });
  const bundle = secrets.ca?.data['tls.crt'] ?? '';
  t.is(bundle.match(/BEGIN CERTIFICATE/g)?.length, 2);
  t.is(commonName(bundle), 'CN=TEST ONLY stand-in/ca');
});

function filesOf(plan: Plan, given: Parameters<typeof clusterApi>[0] = {}): readonly File[] {
  const layout = {
    path: () => undefined,
    shared: () => undefined,
    installed: () => undefined,
    folderMode: () => 0o700,
  };
  return [...clusterApi(given).files({ specs: plan.specs }, { plan, layout })];
}

test('A name that no Cluster can have is refused', async (t) => {
  const { plan } = await memoryPki(undefined, { emitters: [] });
  for (const name of ['Prod', 'a.b', 'a b', '-a', '', 'x'.repeat(64)]) {
    const error = t.throws(() => filesOf({ ...plan, cluster: { ...plan.cluster, name } }), { instanceOf: PkiError });
    t.is(error?.code, 'CLUSTER_API_NAME');
  }
});

test('A kubeconfig that nobody has is refused, unless it is the default', async (t) => {
  const { plan } = await memoryPki(undefined, { emitters: [] });
  t.false(filesOf(plan).some(({ path }) => path.endsWith('-kubeconfig.yaml')));
  t.throws(() => filesOf(plan, { kubeconfig: 'sample/client' }), {
    code: 'CLUSTER_API_KUBECONFIG',
    message: 'emitter cluster-api: sample/client has no kubeconfig',
  });
});
