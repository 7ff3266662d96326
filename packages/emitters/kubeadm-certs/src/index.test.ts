import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cluster,
  client,
  defineComponent,
  type EmitterHost,
  existingTree,
  generate,
  openOutput,
  PkiError,
  type Plan,
  stagedTree,
} from '@kubepki/core';
import {
  fixtureKeys,
  type MemoryPki,
  memoryPki,
  pemFiles,
  sample,
  testCluster,
  testEmitter,
  testLayout,
} from '@kubepki/testkit';
import test from 'ava';
import { z } from 'zod';
import { kubeadmCerts } from './index.ts';

const certificateKey = '0123456789abcdef'.repeat(4);
const lending = (text: string): EmitterHost => ({ readSecret: () => text });
const host = lending(`${certificateKey}\n`);

testEmitter(test, kubeadmCerts, { host, options: [{ path: 'certs.yaml', keyFile: 'key' }] });

/** The API server's client towards etcd, which is shared where etcd is elsewhere. */
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

const external = testCluster({ etcd: 'external', controlPlanes: 2 });

testEmitter(test, kubeadmCerts, {
  name: 'emitter kubeadm-certs with an etcd elsewhere',
  host,
  components: [etcdClients()],
  cluster: external,
});

async function certsOf(cluster: Cluster, given: Parameters<typeof memoryPki>[1] = {}) {
  const pki = await memoryPki(cluster, { emitters: [kubeadmCerts({}, host)], components: [sample], ...given });
  const [[path = '', { text }] = ['', { text: '' }], ...more] = [...pki.files];
  if (more.length > 0) throw new Error('more than one file');
  return { pki, path, text, values: await decrypted(text) };
}

/** The values of the Secret, taken apart and decrypted by WebCrypto. */
async function decrypted(text: string): Promise<Readonly<Record<string, string>>> {
  const raw = Buffer.from(certificateKey, 'hex');
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const values: Record<string, string> = {};
  const data = text.slice(text.indexOf('\ndata:\n'), text.indexOf('\n---\n'));
  for (const [, name = '', value = ''] of data.matchAll(/^ {2}([\w.-]+): (.*)$/gm)) {
    const bytes = Buffer.from(value, 'base64');
    const iv = bytes.subarray(0, 12);
    values[name] =
      value === '""'
        ? ''
        : Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.subarray(12))).toString();
  }
  return values;
}

const keyOf = (pki: MemoryPki, id: string) => pki.credential(id).key?.secret?.reveal();

const shared = ['ca.crt', 'ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.pub', 'sa.key'];

test('The Secret has all eight entries, each encrypted by itself', async (t) => {
  const { pki, path, text, values } = await certsOf(testCluster());
  t.is(path, 'manifests/kubeadm-certs.yaml');
  t.deepEqual(Object.keys(values), [...shared, 'etcd-ca.crt', 'etcd-ca.key']);
  for (const [name, id] of [
    ['ca', 'stand-in/ca'],
    ['front-proxy-ca', 'stand-in/front-proxy-ca'],
    ['etcd-ca', 'stand-in/etcd-ca'],
    ['sa', 'stand-in/sa'],
  ] as const)
    t.is(values[`${name}.key`], keyOf(pki, id));
  for (const name of ['ca.crt', 'front-proxy-ca.crt', 'etcd-ca.crt'])
    t.regex(values[name] ?? '', /^-----BEGIN CERTIFICATE-----/);
  t.regex(values['sa.pub'] ?? '', /^-----BEGIN PUBLIC KEY-----/);
  const nonces = [...text.matchAll(/^ {2}[\w.-]+\.(?:crt|key|pub): (.{16})/gm)].map(([, nonce]) => nonce);
  t.is(new Set(nonces).size, 8);
});

test('Whoever joins with a bootstrap token may read this one Secret, which has no owner and says that it stays', async (t) => {
  const { text } = await certsOf(testCluster());
  t.regex(text, /^# .*so it does not expire:\n# kubectl -n kube-system delete secret kubeadm-certs/m);
  t.notRegex(text, /ownerReferences/);
  t.deepEqual(text.split('\n---\n').slice(1), [
    `apiVersion: "rbac.authorization.k8s.io/v1"
kind: "Role"
metadata:
  name: "kubeadm:kubeadm-certs"
  namespace: "kube-system"
rules:
- apiGroups: [""]
  resources: ["secrets"]
  resourceNames: ["kubeadm-certs"]
  verbs: ["get"]`,
    `apiVersion: "rbac.authorization.k8s.io/v1"
kind: "RoleBinding"
metadata:
  name: "kubeadm:kubeadm-certs"
  namespace: "kube-system"
roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "Role"
  name: "kubeadm:kubeadm-certs"
subjects:
- apiGroup: "rbac.authorization.k8s.io"
  kind: "Group"
  name: "system:bootstrappers:kubeadm:default-node-token"
`,
  ]);
});

const outside = ['external-etcd-ca.crt', 'external-etcd.crt', 'external-etcd.key'];

test('With an etcd elsewhere a client for it is shared, and nothing of an authority that signs for etcd', async (t) => {
  const { pki, values } = await certsOf(external, { components: [sample, etcdClients()] });
  t.deepEqual(Object.keys(values), [...shared, ...outside]);
  t.is(values['external-etcd.key'], keyOf(pki, 'to-etcd@cp-1'));
  t.false(Object.values(values).includes(keyOf(pki, 'stand-in/etcd-ca') ?? ''));
});

test('To kubeadm etcd is elsewhere also where it has nodes of its own', async (t) => {
  const { values } = await certsOf(testCluster({ etcd: 3 }));
  t.deepEqual(Object.keys(values), [...shared, ...outside]);
  t.is(values['external-etcd.key'], '');
});

test('What somebody else keeps is empty, and not missing', async (t) => {
  const { plan } = await memoryPki(testCluster(), { emitters: [], components: [sample] });
  const given: Plan = {
    ...plan,
    specs: plan.specs.map((spec) => (spec.kind === 'authority' ? { ...spec, given: { key: false } } : spec)),
  };
  const emitter = kubeadmCerts({}, host);
  const [file] = [...emitter.files({ specs: given.specs }, { plan: given, layout: testLayout })];
  if (file === undefined || 'link' in file) return t.fail();
  const text = emitter.render(
    file,
    ({ id, part }) => `${id} ${part}`,
    (count) => new Uint8Array(count),
  );
  const values = await decrypted(text);
  t.deepEqual(
    Object.keys(values).filter((name) => values[name] === ''),
    ['ca.key', 'front-proxy-ca.key', 'etcd-ca.key'],
  );
  t.is(Object.keys(values).length, 8);
});

test('Two authorities where kubeadm knows one are refused', async (t) => {
  const uses = (declared: Plan['uses']): Plan['uses'] => ({
    ...declared,
    'cluster/server': { signs: 'sample/root', trusts: ['sample/root'] },
  });
  await t.throwsAsync(certsOf(testCluster(), { uses }), {
    code: 'KUBEADM_CERTS_AUTHORITIES',
    message: 'emitter kubeadm-certs: for cluster/client and cluster/server sign stand-in/ca and sample/root',
  });
});

/** Runs the pipeline over a folder, and gives the text of the file. */
async function run(folder: string, plan: Plan, key: string) {
  const emitters = [pemFiles, kubeadmCerts({}, lending(key))];
  const output = openOutput({ folder, write: true });
  const existing = existingTree({ output, emitters });
  const tree = stagedTree(output, { cluster: plan.cluster.name });
  const input = { plan, emitters, existing, layout: testLayout, tree, source: fixtureKeys() };
  for await (const _ of generate(input));
  output.close();
  const now = openOutput({ folder, write: false });
  return now.read('manifests/kubeadm-certs.yaml');
}

test('The old text is kept while key and credentials are the same, and another key has it written anew', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-certs-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const { plan } = await memoryPki(testCluster(), { emitters: [], components: [sample] });
  const first = await run(join(folder, 'pki'), plan, certificateKey);
  t.is(await run(join(folder, 'pki'), plan, ` ${certificateKey.toUpperCase()}\n`), first);
  const other = await run(join(folder, 'pki'), plan, 'f'.repeat(64));
  t.not(other, first);
  await t.throwsAsync(decrypted(other), { any: true });
});

test('The same random bytes give the same text', async (t) => {
  const { plan, credentials } = await memoryPki(testCluster(), { emitters: [], components: [sample] });
  const emitter = kubeadmCerts({}, host);
  const [file] = [...emitter.files({ specs: plan.specs }, { plan, layout: testLayout })];
  if (file === undefined || 'link' in file) return t.fail();
  t.true(credentials.size > 0);
  const draw = (start: number) => {
    let next = start;
    return (count: number) => Uint8Array.from({ length: count }, () => next++);
  };
  const render = (start: number) => emitter.render(file, ({ id, part }) => `${id} ${part}`, draw(start));
  t.is(render(1), render(1));
  t.not(render(1), render(2));
  // Nothing is read by another key, and nothing of it is in what the file says of itself.
  t.deepEqual(kubeadmCerts({}, lending('f'.repeat(64))).read?.(render(1), file), []);
  t.false(JSON.stringify(file).includes(certificateKey.slice(0, 8)));
});

test('What is no certificate key is refused, and not repeated', async (t) => {
  const { plan } = await memoryPki(testCluster(), { emitters: [], components: [sample] });
  for (const [text, found] of [
    ['', 'it is empty'],
    ['abc', 'it has 3 characters, and a key is 64 hex characters'],
    [certificateKey.replace('0', 'g'), 'it has 64 characters, and a key is 64 hex characters'],
  ] as const) {
    const files = () => [
      ...kubeadmCerts({ keyFile: 'the.key' }, lending(text)).files({ specs: plan.specs }, { plan, layout: testLayout }),
    ];
    const error = t.throws(files, { instanceOf: PkiError, code: 'KUBEADM_CERTS_KEY' });
    t.is(error?.message, `emitter kubeadm-certs: the.key holds no certificate key: ${found}`);
  }
});

test('Where nobody lends it a key it names no files, and reads nothing back', async (t) => {
  const { plan } = await memoryPki(testCluster(), { emitters: [], components: [sample] });
  const emitter = kubeadmCerts();
  t.is(emitter.read, undefined);
  t.throws(() => [...emitter.files({ specs: plan.specs }, { plan, layout: testLayout })], {
    code: 'KUBEADM_CERTS_KEY',
  });
});
