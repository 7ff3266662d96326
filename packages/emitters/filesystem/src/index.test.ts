import {
  authority,
  type Cluster,
  type Credential,
  client,
  defineComponent,
  generate,
  keyPair,
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
import { filesystem } from './index.ts';

testEmitter(test, filesystem);

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

const small = defineComponent({
  name: 'small',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client', 'cluster/server'] });
    yield keyPair({ name: 'sa', serves: ['sa'] });
    yield server({
      name: 'apiserver',
      node: 'cp-1',
      issuer: 'cluster/server',
      commonName: 'kube-apiserver',
      sans: { dns: ['cp-1'], ips: ['10.0.0.11'] },
      accepts: ['cluster/client'],
      flags: {
        '--service-account-key-file': { of: 'sa', part: 'public' },
        '--service-account-signing-key-file': { of: 'sa', part: 'key' },
      },
      reads: [
        { of: 'cluster/client', part: 'certificate' },
        { of: 'cluster/client', part: 'key' },
      ],
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

/** `cp-1/apiserver.crt`; what is shared under a use is `cp-1/cluster-client.trust`. */
const layout: Layout = {
  path: ({ spec, part }) => {
    if (part === 'kubeconfig') return undefined;
    const folder = spec.kind === 'leaf' && spec.node ? spec.node : 'all';
    return `${folder}/${spec.name.replace('/', '-')}.${part}`;
  },
  shared: ({ use, part, node }) => `${node}/${use.replace('/', '-')}.${part}.shared`,
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

function filesOf(plan: Plan, from: Layout = layout) {
  return [...planFiles({ plan, emitters: [filesystem()], layout: from })].map(({ file }) => file);
}

/** `0600 PATH: ID PART, …` for each file, `PATH -> TARGET` for a link. */
function lines(plan: Plan, from?: Layout) {
  return filesOf(plan, from).map((file) =>
    'link' in file
      ? `${file.path} -> ${file.link}`
      : `0${file.mode.toString(8)} ${file.path}: ${file.holds.map(({ id, part }) => `${id} ${part}`).join(', ')}`,
  );
}

async function made(plan: Plan) {
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters: [filesystem()], layout, tree })) {
    credentials.set(credential.spec.id, credential);
  }
  return { tree, credentials };
}

/** Each file's text, with each PEM block as `LABEL`, and the text that is read back for each thing it holds. */
async function readBack(plan: Plan) {
  const { tree, credentials } = await made(plan);
  const { read } = filesystem();
  return filesOf(plan).flatMap((file) => {
    if ('link' in file || file.holds.length === 0) return [];
    const text = tree.files.get(file.path)?.text ?? '';
    return [{ file, text, parts: read?.(text, file) ?? [], credentials }];
  });
}

test('Authorities, key pairs and leaves are files of one PEM each, and what a process reads lies beside its own', (t) => {
  t.deepEqual(lines(planOf()), [
    '0644 all/ca.certificate: ca certificate',
    '0600 all/ca.key: ca key',
    '0600 all/sa.key: sa key',
    '0644 all/sa.public: sa public',
    '0644 cp-1/apiserver.certificate: apiserver@cp-1 certificate',
    '0600 cp-1/apiserver.key: apiserver@cp-1 key',
    '0644 cp-1/cluster-client.trust.shared: ca certificate',
    '0644 cp-1/sa.public.shared: sa public',
    '0600 cp-1/sa.key.shared: sa key',
    '0644 cp-1/cluster-client.certificate.shared: ca certificate',
    '0600 cp-1/cluster-client.key.shared: ca key',
    '0600 w-1/kubelet-client.pem: kubelet/client@w-1 certificate, kubelet/client@w-1 key',
    'w-1/kubelet-client.link -> kubelet-client.pem',
    '0644 w-1/kubelet-client.certificate: kubelet/client@w-1 certificate',
    '0600 w-1/kubelet-client.key: kubelet/client@w-1 key',
  ]);
});

test('The files are plain data and the same each time', (t) => {
  const files = filesOf(planOf());
  t.deepEqual(JSON.parse(JSON.stringify(files)), files);
  t.deepEqual(filesOf(planOf()), files);
});

test('A file that holds a key is secret and 0600, and no other is secret', (t) => {
  for (const file of filesOf(planOf())) {
    if ('link' in file) continue;
    const key = file.holds.some(({ part }) => part === 'key');
    t.is(file.secret, key, file.path);
    if (key) t.is(file.mode, 0o600, file.path);
  }
});

test('With profile kubeadm a public key is 0600 too, as client-go writes it', (t) => {
  const plan = planOf({ profile: 'kubeadm' });
  t.true(lines(plan).includes('0600 all/sa.public: sa public'));
  t.true(lines(plan).includes('0600 cp-1/sa.public.shared: sa public'));
  t.true(lines(plan).includes('0644 all/ca.certificate: ca certificate'));
});

test('There is no file where the layout has no place for one', (t) => {
  const nowhere: Layout = { ...layout, path: () => undefined, shared: () => undefined };
  t.deepEqual(lines(planOf(), nowhere), []);
  const noLink: Layout = {
    ...layout,
    path: (artifact, plan) => (artifact.part === 'link' ? undefined : layout.path(artifact, plan)),
  };
  t.false(lines(planOf(), noLink).some((line) => line.includes('->')));
});

test('The key of an authority that somebody else made stays with them, and is copied where a process reads it', (t) => {
  const withKey = lines(planOf({ given: { ca: { key: true } } })).filter((line) => line.includes(' ca '));
  t.deepEqual(withKey, [
    '0644 all/ca.certificate: ca certificate',
    '0644 cp-1/cluster-client.trust.shared: ca certificate',
    '0644 cp-1/cluster-client.certificate.shared: ca certificate',
    '0600 cp-1/cluster-client.key.shared: ca key',
  ]);
  const without = lines(planOf({ given: { ca: { key: false } } })).filter((line) => line.includes(' ca '));
  t.deepEqual(without, withKey.slice(0, 3));
});

const next = defineComponent({
  name: 'next',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'next-ca', commonName: 'next', serves: [] });
    yield keyPair({ name: 'next-sa', serves: [] });
  },
});

/** As in the midst of a rotation: the new ones are trusted beside those that sign. */
const rotating = () =>
  planOf({
    components: [small(), next()],
    uses: (declared) => ({
      ...declared,
      'cluster/client': { signs: 'ca', trusts: ['next-ca', 'ca'] },
      sa: { signs: 'sa', trusts: ['next-sa', 'sa'] },
    }),
  });

test('What is trusted is a bundle with the one that signs first, and what signs is one certificate', (t) => {
  t.deepEqual(
    lines(rotating()).filter((line) => line.includes('.shared')),
    [
      '0644 cp-1/cluster-client.trust.shared: ca certificate, next-ca certificate',
      '0644 cp-1/sa.public.shared: sa public, next-sa public',
      '0600 cp-1/sa.key.shared: sa key',
      '0644 cp-1/cluster-client.certificate.shared: ca certificate',
      '0600 cp-1/cluster-client.key.shared: ca key',
    ],
  );
});

test('Every file reads back as what it holds, in order', async (t) => {
  const found = await readBack(rotating());
  t.is(found.length, 18);
  for (const { file, text, parts, credentials } of found) {
    t.is(parts.length, file.holds.length, file.path);
    t.is(parts.join(''), text, file.path);
    for (const [index, { id, part }] of file.holds.entries()) {
      const { key, certificate } = credentials.get(id) ?? {};
      const expected =
        part === 'certificate'
          ? Buffer.from(certificate?.der ?? [])
          : part === 'key'
            ? key?.secret?.reveal()
            : key?.publicKey.export({ type: 'spki', format: 'pem' });
      const got =
        part === 'certificate'
          ? Buffer.from((parts[index] ?? '').replace(/-----.*-----|\n/g, ''), 'base64')
          : parts[index];
      t.deepEqual<unknown, unknown>(got, expected, file.path);
    }
  }
});

test('A key before its certificate is found all the same, and a chain stays whole', async (t) => {
  const pem = (await readBack(planOf())).find(({ file }) => file.path === 'w-1/kubelet-client.pem');
  t.truthy(pem);
  if (pem === undefined) return;
  const [certificate = '', key = ''] = pem.parts;
  t.deepEqual(filesystem().read?.(`subject=\n${key}${certificate}`, pem.file), [certificate, key]);
  const chain = `${certificate}${certificate}`;
  t.deepEqual(filesystem().read?.(`${chain}${key}`, pem.file), [chain, key]);
});

const below = defineComponent({
  name: 'below',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'root-ca', commonName: 'root', serves: ['root'] });
    yield authority({ name: 'ca', commonName: 'kubernetes', issuer: 'root', serves: ['cluster/server'] });
    yield server({
      name: 'apiserver',
      node: 'cp-1',
      issuer: 'cluster/server',
      commonName: 'kube-apiserver',
      sans: { dns: ['cp-1'], ips: [] },
    });
  },
});

test('A certificate below an authority that is itself signed has that one behind it, and reads back whole', async (t) => {
  const found = await readBack(planOf({ components: [below()] }));
  const leaf = found.find(({ file }) => file.path === 'cp-1/apiserver.certificate');
  t.is(leaf?.text.match(/BEGIN CERTIFICATE/g)?.length, 2);
  t.deepEqual(leaf?.parts, [leaf?.text]);
  const own = found.find(({ file }) => file.path === 'all/ca.certificate');
  t.true(leaf?.text.endsWith(own?.text ?? 'nothing'));
});

test('It has no options', (t) => {
  const error = t.throws(() => filesystem.from({ owner: 'root' }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.is(error?.problems[0]?.where, 'emitter filesystem');
  t.regex(error?.problems[0]?.message ?? '', /owner/);
});
