import {
  authority,
  type Cluster,
  type ContentFile,
  type Credential,
  client,
  defineComponent,
  elsewhere,
  generate,
  type Layout,
  makePlan,
  memoryTree,
  PkiError,
  type Plan,
  type PlanInput,
  planFiles,
  server,
} from '@kubepki/core';
import { testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { z } from 'zod';
import { kubeconfig } from './index.ts';

testEmitter(test, kubeconfig);

const cluster: Cluster = {
  name: 'example',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'fd00::99' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11', 'fd00::11'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

const small = defineComponent({
  name: 'small',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client', 'cluster/server'] });
    yield server({
      name: 'apiserver',
      node: 'cp-1',
      issuer: 'cluster/server',
      commonName: 'kube-apiserver',
      sans: { dns: ['cp-1'], ips: ['10.0.0.11'] },
      port: 8443,
      accepts: ['cluster/client'],
    });
    yield client({
      name: 'admin',
      issuer: 'cluster/client',
      commonName: 'kubernetes-admin',
      connects: [{ to: 'apiserver', at: 'endpoint' }],
      kubeconfig: { credentials: 'embedded' },
    });
    yield client({
      name: 'scheduler',
      node: 'cp-1',
      issuer: 'cluster/client',
      commonName: 'system:kube-scheduler',
      connects: [{ to: 'apiserver', at: 'local' }],
      kubeconfig: { credentials: 'embedded' },
    });
    yield client({
      name: 'kubelet/client',
      node: 'w-1',
      issuer: 'cluster/client',
      commonName: 'system:node:w-1',
      organizations: ['system:nodes'],
      connects: [{ to: 'apiserver', at: 'endpoint' }],
      kubeconfig: { credentials: 'path' },
    });
  },
});

const layout: Layout = {
  path: ({ spec, part }) => `${(spec.kind === 'leaf' && spec.node) || 'all'}/${spec.name.replace('/', '-')}.${part}`,
  shared: () => undefined,
  installed: (path) => (path.startsWith('all/') ? undefined : path.slice(path.indexOf('/'))),
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

function filesOf(plan: Plan, from: Layout = layout) {
  return [...planFiles({ plan, emitters: [kubeconfig()], layout: from })].flatMap(({ file }) =>
    'link' in file ? [] : [file],
  );
}

function fileOf(path: string, plan = planOf(), from?: Layout) {
  const file = filesOf(plan, from).find((each) => each.path === path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file;
}

test('Each leaf that wants a kubeconfig has one: secret and 0600 with what it holds, or by path and without a key', (t) => {
  t.deepEqual(filesOf(planOf()), [
    {
      path: 'all/admin.kubeconfig',
      mode: 0o600,
      secret: true,
      holds: [
        { id: 'ca', part: 'certificate' },
        { id: 'admin', part: 'certificate' },
        { id: 'admin', part: 'key' },
      ],
      content: { cluster: 'example', user: 'kubernetes-admin', server: 'https://[fd00::99]:8443', paths: null },
    },
    {
      path: 'cp-1/scheduler.kubeconfig',
      mode: 0o600,
      secret: true,
      holds: [
        { id: 'ca', part: 'certificate' },
        { id: 'scheduler@cp-1', part: 'certificate' },
        { id: 'scheduler@cp-1', part: 'key' },
      ],
      content: { cluster: 'example', user: 'system:kube-scheduler', server: 'https://10.0.0.11:8443', paths: null },
    },
    {
      path: 'w-1/kubelet-client.kubeconfig',
      mode: 0o600,
      secret: false,
      holds: [{ id: 'ca', part: 'certificate' }],
      content: {
        cluster: 'example',
        user: 'system:node:w-1',
        server: 'https://[fd00::99]:8443',
        paths: { certificate: '/kubelet-client.link', key: '/kubelet-client.link' },
      },
    },
  ]);
});

test('The files are plain data and the same each time', (t) => {
  const files = filesOf(planOf());
  t.deepEqual(JSON.parse(JSON.stringify(files)), files);
  t.deepEqual(filesOf(planOf()), files);
});

test('A port of the endpoint goes before that of the API server', (t) => {
  const plan = planOf({ cluster: { ...cluster, endpoint: { host: 'api.example.internal', port: 443 } } });
  t.like(fileOf('all/admin.kubeconfig', plan).content, { server: 'https://api.example.internal:443' });
  t.like(fileOf('cp-1/scheduler.kubeconfig', plan).content, { server: 'https://10.0.0.11:8443' });
});

const pem = ({ id, part }: { id: string; part: string }) => `${id} ${part}\n`;
const noRandom = () => new Uint8Array();
const base64 = { ca: 'Y2EgY2VydGlmaWNhdGUK', certificate: 'YWRtaW4gY2VydGlmaWNhdGUK', key: 'YWRtaW4ga2V5Cg==' };

test('Its text quotes every name and leaves base64 bare, on one line each', (t) => {
  t.is(
    kubeconfig().render(fileOf('all/admin.kubeconfig'), pem, noRandom),
    `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${base64.ca}
    server: "https://[fd00::99]:8443"
  name: "example"
contexts:
- context:
    cluster: "example"
    user: "kubernetes-admin"
  name: "kubernetes-admin@example"
current-context: "kubernetes-admin@example"
kind: Config
preferences: {}
users:
- name: "kubernetes-admin"
  user:
    client-certificate-data: ${base64.certificate}
    client-key-data: ${base64.key}
`,
  );
});

test('By path it names the file with certificate and key as it lies on the node', (t) => {
  const text = kubeconfig().render(fileOf('w-1/kubelet-client.kubeconfig'), pem, noRandom);
  t.deepEqual(text.split('\n').slice(-6), [
    'users:',
    '- name: "system:node:w-1"',
    '  user:',
    '    client-certificate: "/kubelet-client.link"',
    '    client-key: "/kubelet-client.link"',
    '',
  ]);
});

test('Where the tree is not laid out as nodes are, a kubeconfig by path holds its credentials all the same', (t) => {
  const flat: Layout = { ...layout, installed: () => undefined };
  const file = fileOf('w-1/kubelet-client.kubeconfig', planOf(), flat);
  t.true(file.secret);
  t.like(file.content, { paths: null });
  t.deepEqual(file.holds, [
    { id: 'ca', part: 'certificate' },
    { id: 'kubelet/client@w-1', part: 'certificate' },
    { id: 'kubelet/client@w-1', part: 'key' },
  ]);
});

test('Without a link the file itself is named', (t) => {
  const linkless: Layout = {
    ...layout,
    path: (artifact, plan) => (artifact.part === 'link' ? undefined : layout.path(artifact, plan)),
  };
  t.like(fileOf('w-1/kubelet-client.kubeconfig', planOf(), linkless).content, {
    paths: { certificate: '/kubelet-client.pem', key: '/kubelet-client.pem' },
  });
});

test('There is no file where the layout has no place for one', (t) => {
  t.deepEqual(filesOf(planOf(), { ...layout, path: () => undefined }), []);
});

test('It trusts all whom the table of uses names, and reads back as what it holds', async (t) => {
  const next = defineComponent({
    name: 'next',
    options: z.strictObject({}),
    *plan() {
      yield authority({ name: 'next-ca', commonName: 'next', serves: [] });
    },
  });
  const plan = planOf({
    components: [small(), next()],
    uses: (declared) => ({ ...declared, 'cluster/server': { signs: 'ca', trusts: ['ca', 'next-ca'] } }),
  });
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters: [kubeconfig()], layout, tree })) {
    credentials.set(credential.spec.id, credential);
  }
  const files = filesOf(plan);
  t.deepEqual(
    files.map(({ holds }) => holds.length),
    [4, 4, 2],
  );
  for (const file of files) {
    const text = tree.files.get(file.path)?.text ?? '';
    const parts = kubeconfig().read?.(text, file) ?? [];
    t.is(parts.length, file.holds.length);
    for (const [index, holding] of file.holds.entries()) {
      t.is(asText(parts[index]), expected(holding, credentials), `${holding.id} ${holding.part}`);
    }
  }
});

test('The certificates that it trusts are one bundle with nothing between them', (t) => {
  const [ca, ...own] = fileOf('all/admin.kubeconfig').holds;
  if (ca === undefined) return t.fail();
  const file = { ...fileOf('all/admin.kubeconfig'), holds: [ca, { ...ca, id: 'next-ca' }, ...own] };
  const bundle = Buffer.from('ca certificate\nnext-ca certificate\n').toString('base64');
  t.true(kubeconfig().render(file, pem, noRandom).includes(`    certificate-authority-data: ${bundle}\n`));
});

test('A text that somebody else wrote gives nothing', (t) => {
  t.deepEqual(kubeconfig().read?.('apiVersion: v1\n', fileOf('all/admin.kubeconfig')), ['', '']);
});

/** A key as it is, a certificate as the base64 of its DER. */
function asText(text = ''): string {
  return text.includes('PRIVATE KEY') ? text : text.replace(/-----.*-----|\n/g, '');
}

function expected({ id, part }: ContentFile['holds'][number], credentials: ReadonlyMap<string, Credential>) {
  const { certificate, key } = credentials.get(id) ?? {};
  return part === 'key' ? (key?.secret?.reveal() ?? '') : Buffer.from(certificate?.der ?? []).toString('base64');
}

test('A server whose certificate nobody can check leaves no empty trust behind', (t) => {
  const unchecked = defineComponent({
    name: 'unchecked',
    options: z.strictObject({}),
    *plan() {
      yield elsewhere({ name: 'other', accepts: ['cluster/client'], addresses: [{ host: '10.0.0.40', port: 443 }] });
      yield client({
        name: 'scraper',
        issuer: 'cluster/client',
        commonName: 'scraper',
        connects: [{ to: 'other', at: 'each' }],
        kubeconfig: { credentials: 'embedded' },
      });
    },
  });
  const file = fileOf('all/scraper.kubeconfig', planOf({ components: [small(), unchecked()] }));
  t.like(file.content, { server: 'https://10.0.0.40:443' });
  t.notRegex(kubeconfig().render(file, pem, noRandom), /certificate-authority/);
});

/** How a name is written. */
function quoted(name: string): string | undefined {
  const file = fileOf('all/admin.kubeconfig', planOf({ cluster: { ...cluster, name } }));
  return /^ {2}name: (.*)$/m.exec(kubeconfig().render(file, pem, noRandom))?.[1];
}

const writes = test.macro({
  exec: (t, name: string, text: string) => t.is(quoted(name), text),
  title: (_, __, text: string) => `A cluster's name is written as ${text}`,
});

test(writes, 'no', '"no"');
test(writes, '1.30', '"1.30"');
test(writes, '0x1f', '"0x1f"');
test(writes, 'say "hi" \\ \'x\'', '"say \\"hi\\" \\\\ \'x\'"');
test(writes, 'a: b #c', '"a: b #c"');
test(writes, 'a\u2028b\u2029c\u0085d\u007fe\ufefff', '"a\\u2028b\\u2029c\\u0085d\\u007fe\\ufefff"');
test(writes, 'line\nbreak\ttab', '"line\\nbreak\\ttab"');
test(writes, 'größe 日本 🚀', '"größe 日本 🚀"');
test(writes, 'half \ud83d, none \ufffe\uffff', '"half \\ud83d, none \\ufffe\\uffff"');

test('It has no options', (t) => {
  const error = t.throws(() => kubeconfig.from({ cluster: 'x' }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.is(error?.problems[0]?.where, 'emitter kubeconfig');
  t.regex(error?.problems[0]?.message ?? '', /cluster/);
});
