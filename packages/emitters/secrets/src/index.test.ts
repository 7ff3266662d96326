import {
  authority,
  type Cluster,
  type ContentFile,
  type Credential,
  client,
  defineComponent,
  elsewhere,
  generate,
  keyPair,
  type Layout,
  makePlan,
  memoryTree,
  PkiError,
  type Plan,
  type PlanInput,
  peer,
  planFiles,
  server,
} from '@kubepki/core';
import { testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { z } from 'zod';
import { secrets } from './index.ts';

testEmitter(test, secrets, {
  options: [
    { include: ['sample/tokens', 'sample/agent', 'sample/person', 'sample/root'], stream: true },
    { namespace: 'pki', bundles: ['cluster/server', 'etcd/server'] },
    { bundles: ['cluster/server', 'etcd/server'], stream: true },
  ],
});

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

const small = defineComponent({
  name: 'small',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client', 'cluster/server'] });
    yield authority({ name: 'etcd/ca', commonName: 'etcd-ca', serves: ['etcd/client', 'etcd/server'] });
    yield keyPair({ name: 'sa', serves: ['sa'] });
    yield peer({
      name: 'etcd/server',
      node: 'cp-1',
      issuer: 'etcd/server',
      commonName: 'cp-1',
      sans: { dns: ['cp-1'], ips: [] },
      accepts: ['etcd/client'],
    });
    yield server({
      name: 'apiserver',
      node: 'cp-1',
      issuer: 'cluster/server',
      commonName: 'kube-apiserver',
      sans: { dns: ['cp-1'], ips: [] },
      accepts: ['cluster/client'],
    });
    yield client({
      name: 'user/Jane_Doe',
      issuer: 'cluster/client',
      commonName: 'Jane_Doe',
      person: true,
      connects: [{ to: 'apiserver', at: 'endpoint' }],
    });
    yield client({
      name: 'etcd/backup-client',
      issuer: 'etcd/client',
      commonName: 'backup',
      connects: [{ to: 'etcd/server', at: 'each' }],
      secret: { namespace: 'backup', name: 'etcd-client' },
    });
    yield server({
      name: 'webhook/policy',
      issuer: 'cluster/server',
      commonName: 'policy',
      sans: { dns: ['policy.default.svc'], ips: [] },
    });
  },
});

const layout: Layout = {
  path: () => undefined,
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o700,
};

function planOf(input: Partial<PlanInput> = {}): Plan {
  return makePlan({
    cluster,
    components: [small()],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3_600 },
    backdate: 300,
    ...input,
  });
}

type Options = Parameters<typeof secrets>[0];

function filesOf(options?: Options, plan = planOf()): readonly ContentFile[] {
  return [...planFiles({ plan, emitters: [secrets(options)], layout })].flatMap(({ file }) =>
    'link' in file ? [] : [file],
  );
}
const pathsOf = (options?: Options) => filesOf(options).map(({ path }) => path);
const pem = ({ id, part }: { id: string; part: string }) => `${id} ${part}\n`;
const noRandom = () => new Uint8Array();

const own = ['manifests/secrets/backup/etcd-client.yaml', 'manifests/secrets/kube-system/webhook-policy.yaml'];

test('By itself it takes what belongs to no node and no person, and no key of an authority', (t) => {
  t.deepEqual(filesOf(), [
    {
      path: 'manifests/secrets/backup/etcd-client.yaml',
      mode: 0o600,
      secret: true,
      holds: [
        { id: 'etcd/backup-client', part: 'certificate' },
        { id: 'etcd/backup-client', part: 'key' },
        { id: 'etcd/ca', part: 'certificate' },
      ],
      content: [
        {
          name: 'etcd-client',
          namespace: 'backup',
          type: 'kubernetes.io/tls',
          data: { 'tls.crt': [0], 'tls.key': [1], 'ca.crt': [2] },
        },
      ],
    },
    {
      path: 'manifests/secrets/kube-system/webhook-policy.yaml',
      mode: 0o600,
      secret: true,
      holds: [
        { id: 'webhook/policy', part: 'certificate' },
        { id: 'webhook/policy', part: 'key' },
        { id: 'ca', part: 'certificate' },
      ],
      content: [
        {
          name: 'webhook-policy',
          namespace: 'kube-system',
          type: 'kubernetes.io/tls',
          data: { 'tls.crt': [0], 'tls.key': [1], 'ca.crt': [2] },
        },
      ],
    },
  ]);
});

test('The files are plain data and the same each time', (t) => {
  for (const options of [{}, { include: ['ca', 'sa', '@cp-1'], stream: true }]) {
    const files = filesOf(options);
    t.deepEqual(JSON.parse(JSON.stringify(files)), files);
    t.deepEqual(filesOf(options), files);
    t.true(files.every(({ secret, mode }) => secret && mode === 0o600));
  }
});

test('What is named is included: all of a name, one of a node, all of a node', (t) => {
  t.deepEqual(pathsOf({ include: ['apiserver'] }), [...own, 'manifests/secrets/kube-system/apiserver-cp-1.yaml']);
  t.deepEqual(pathsOf({ include: ['etcd-server@cp-1'] }), [
    ...own,
    'manifests/secrets/kube-system/etcd-server-cp-1.yaml',
  ]);
  t.deepEqual(pathsOf({ include: ['@cp-1'] }), [
    ...own,
    'manifests/secrets/kube-system/etcd-server-cp-1.yaml',
    'manifests/secrets/kube-system/apiserver-cp-1.yaml',
  ]);
});

test("An authority's pair and a key pair are Secrets only where they are named", (t) => {
  const files = filesOf({ include: ['ca', 'sa'] });
  t.deepEqual(
    files.map(({ path, holds, content }) => ({ path, holds: holds.map(pem).join(''), content })).slice(0, 2),
    [
      {
        path: 'manifests/secrets/kube-system/ca.yaml',
        holds: 'ca certificate\nca key\n',
        content: [
          { name: 'ca', namespace: 'kube-system', type: 'kubernetes.io/tls', data: { 'tls.crt': [0], 'tls.key': [1] } },
        ],
      },
      {
        path: 'manifests/secrets/kube-system/sa.yaml',
        holds: 'sa key\nsa public\n',
        content: [{ name: 'sa', namespace: 'kube-system', type: 'Opaque', data: { 'sa.key': [0], 'sa.pub': [1] } }],
      },
    ],
  );
  t.is(files.length, 4);
});

test("A person's credential has a name that Kubernetes allows", (t) => {
  t.true(pathsOf({ include: ['user/Jane_Doe'] }).includes('manifests/secrets/kube-system/user-jane-doe.yaml'));
});

test('Another namespace is that of Secrets which have none of their own', (t) => {
  t.deepEqual(pathsOf({ namespace: 'pki' }), [
    'manifests/secrets/backup/etcd-client.yaml',
    'manifests/secrets/pki/webhook-policy.yaml',
  ]);
});

test('As a stream the Secrets of the cluster are one file, and those of each node another', (t) => {
  const [shared, node, ...rest] = filesOf({ include: ['apiserver'], stream: true });
  t.deepEqual(rest, []);
  t.is(shared?.path, 'manifests/secrets.yaml');
  t.is(node?.path, 'manifests/secrets-cp-1.yaml');
  t.deepEqual(shared?.holds.map(pem), [
    'etcd/backup-client certificate\n',
    'etcd/backup-client key\n',
    'etcd/ca certificate\n',
    'webhook/policy certificate\n',
    'webhook/policy key\n',
    'ca certificate\n',
  ]);
  t.like(shared?.content, { 1: { data: { 'tls.crt': [3], 'tls.key': [4], 'ca.crt': [5] } } });
});

test('Its text is a document a Secret, with every string quoted and the PEM in base64', (t) => {
  const [file] = filesOf({ stream: true });
  if (file === undefined) return t.fail();
  t.is(
    secrets().render(file, pem, noRandom),
    `apiVersion: "v1"
kind: "Secret"
metadata:
  name: "etcd-client"
  namespace: "backup"
type: "kubernetes.io/tls"
data:
  tls.crt: ZXRjZC9iYWNrdXAtY2xpZW50IGNlcnRpZmljYXRlCg==
  tls.key: ZXRjZC9iYWNrdXAtY2xpZW50IGtleQo=
  ca.crt: ZXRjZC9jYSBjZXJ0aWZpY2F0ZQo=
---
apiVersion: "v1"
kind: "Secret"
metadata:
  name: "webhook-policy"
  namespace: "kube-system"
type: "kubernetes.io/tls"
data:
  tls.crt: d2ViaG9vay9wb2xpY3kgY2VydGlmaWNhdGUK
  tls.key: d2ViaG9vay9wb2xpY3kga2V5Cg==
  ca.crt: Y2EgY2VydGlmaWNhdGUK
`,
  );
});

const next = defineComponent({
  name: 'next',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'next-ca', commonName: 'next', serves: [] });
  },
});

const scraper = defineComponent({
  name: 'scraper',
  options: z.strictObject({}),
  *plan() {
    const addresses = [{ host: '10.0.0.11', port: 443 }];
    yield elsewhere({ name: 'metrics', node: 'cp-1', issuer: 'etcd/server', accepts: ['cluster/client'], addresses });
    const connects = [{ to: 'metrics', at: 'each' } as const];
    yield client({ name: 'scraper', issuer: 'cluster/client', commonName: 'scraper', connects });
  },
});

test('Beside a client stands whom its servers are checked by, and of a server elsewhere there is nothing', (t) => {
  const plan = planOf({
    components: [small(), scraper(), next()],
    uses: (declared) => ({ ...declared, 'etcd/server': { signs: 'etcd/ca', trusts: ['etcd/ca', 'next-ca'] } }),
  });
  const files = filesOf({ include: ['metrics'] }, plan);
  t.is(files.length, 3);
  const file = files.find(({ path }) => path.endsWith('/scraper.yaml'));
  if (file === undefined) return t.fail();
  const bundle = Buffer.from('etcd/ca certificate\nnext-ca certificate\n').toString('base64');
  t.true(secrets().render(file, pem, noRandom).includes(`  ca.crt: ${bundle}\n`));
});

const readsBack = test.macro(async (t, options: Options) => {
  const plan = planOf({
    components: [small(), next()],
    uses: (declared) => ({ ...declared, 'cluster/server': { signs: 'ca', trusts: ['ca', 'next-ca'] } }),
  });
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters: [secrets(options)], layout, tree })) {
    credentials.set(credential.spec.id, credential);
  }
  const files = filesOf(options, plan);
  t.is(files.length, tree.files.size);
  for (const file of files) {
    const parts = secrets().read?.(tree.files.get(file.path)?.text ?? '', file) ?? [];
    t.deepEqual(
      parts.map(bare),
      file.holds.map((holding) => expected(holding, credentials)),
      file.path,
    );
  }
});

/** A private key as it is, anything else as the base64 of its DER. */
function bare(text: string): string {
  return text.includes('PRIVATE KEY') ? text : text.replace(/-----.*-----|\n/g, '');
}

function expected({ id, part }: ContentFile['holds'][number], credentials: ReadonlyMap<string, Credential>): string {
  const { certificate, key } = credentials.get(id) ?? {};
  if (part === 'key') return key?.secret?.reveal() ?? '';
  const der = part === 'public' ? key?.publicKey.export({ type: 'spki', format: 'der' }) : certificate?.der;
  return Buffer.from(der ?? []).toString('base64');
}

test('Each Secret reads back as what it holds, bundles of authorities included', readsBack, {
  include: ['ca', 'sa', '@cp-1'],
});
test('A stream reads back as what it holds', readsBack, { include: ['ca', 'sa', '@cp-1'], stream: true });

test('A trust bundle is a ConfigMap that anybody may read, with all who are trusted under a use', async (t) => {
  const plan = planOf({
    components: [small(), next()],
    uses: (declared) => ({ ...declared, 'cluster/server': { signs: 'ca', trusts: ['ca', 'next-ca'] } }),
  });
  const bundles = ['cluster/server', 'etcd/client'];
  const files = filesOf({ bundles }, plan).filter(({ secret }) => !secret);
  t.deepEqual(
    files.map(({ path, mode, holds }) => [path, mode, holds.map(pem).join('')]),
    [
      ['manifests/bundles/kube-system/cluster-server-trust.yaml', 0o644, 'ca certificate\nnext-ca certificate\n'],
      ['manifests/bundles/kube-system/etcd-client-trust.yaml', 0o644, 'etcd/ca certificate\n'],
    ],
  );
  const [stream] = filesOf({ bundles, stream: true }, plan).filter(({ secret }) => !secret);
  if (stream === undefined) return t.fail();
  t.is(stream.path, 'manifests/bundles.yaml');
  t.is(
    secrets().render(stream, pem, noRandom),
    `apiVersion: "v1"
kind: "ConfigMap"
metadata:
  name: "cluster-server-trust"
  namespace: "kube-system"
data:
  ca.crt: |
    ca certificate
    next-ca certificate
---
apiVersion: "v1"
kind: "ConfigMap"
metadata:
  name: "etcd-client-trust"
  namespace: "kube-system"
data:
  ca.crt: |
    etcd/ca certificate
`,
  );
});

test('A name under bundles that is no use of an authority is an error that lists those which are', (t) => {
  const error = t.throws(() => filesOf({ bundles: ['cluster/server', 'sa', 'ca'] }), { instanceOf: PkiError });
  t.is(error?.code, 'SECRETS_BUNDLES');
  t.is(error?.message, 'emitter secrets: bundles names sa, ca, under which no authority is trusted');
  t.is(error?.hint, 'authorities are trusted under: cluster/client, cluster/server, etcd/client, etcd/server');
});

test('A name under include that means nothing is an error before any file', (t) => {
  const error = t.throws(() => filesOf({ include: ['apiserver@cp-1', 'apisrever', '@cp-9'] }), {
    instanceOf: PkiError,
  });
  t.is(error?.code, 'SECRETS_INCLUDE');
  t.is(error?.message, 'emitter secrets: include names apisrever, @cp-9, and nothing is called that');
  t.is(
    error?.hint,
    'the names are: ca, etcd/ca, sa, user/Jane_Doe, etcd/backup-client, webhook/policy, etcd/server, apiserver',
  );
});

test('An authority whose key somebody else keeps cannot become a Secret', (t) => {
  const plan = planOf({ given: { ca: { key: false } } });
  t.throws(() => filesOf({ include: ['ca'] }, plan), {
    code: 'SECRETS_INCLUDE',
    message: 'emitter secrets: include names ca, whose key somebody else keeps',
  });
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => secrets.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

test(
  'Each wrong option is named',
  refuses,
  { include: ['ca', ''], namespace: 'Kube_System', stream: 'yes' },
  'emitter secrets.include.1',
  'emitter secrets.namespace',
  'emitter secrets.stream',
);
test('A namespace that leaves the folder is refused', refuses, { namespace: '../..' }, 'emitter secrets.namespace');
test('An unknown option is refused', refuses, { all: true }, 'emitter secrets');
