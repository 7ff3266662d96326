import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Get, type Plan, planFiles } from '@kubepki/core';
import test from 'ava';
import { parse } from 'yaml';
import { assembled, made, oneNode, threeControlPlanes } from './_assembled.test.ts';

type Kubeconfig = {
  readonly 'current-context': string;
  readonly clusters: readonly { name: string; cluster: Record<string, string> }[];
  readonly contexts: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly users: readonly { name: string; user: Record<string, string> }[];
};

/** `CONTEXT at SERVER` of each kubeconfig of a tree. */
async function contexts(text: string): Promise<Readonly<Record<string, string>>> {
  const found = [...(await made(text))].filter(([path]) => path.endsWith('.conf'));
  return Object.fromEntries(
    found.map(([path, content]) => {
      const { clusters, contexts: named, users, ...rest }: Kubeconfig = parse(content);
      const [context] = named;
      const whole = clusters[0]?.name === context?.context.cluster && users[0]?.name === context?.context.user;
      const current = rest['current-context'] === context?.name ? context.name : 'another context';
      return [path, `${whole ? current : 'in pieces'} at ${clusters[0]?.cluster.server}`];
    }),
  );
}

test('Control planes ask their own API server, workers and people the endpoint', async (t) => {
  const found = await contexts(threeControlPlanes);
  const node = (name: string) => `nodes/${name}/etc/kubernetes`;
  const local = 'at https://10.0.0.12:6443';
  const endpoint = 'at https://api.example.internal:6443';
  t.is(Object.keys(found).length, 18);
  t.like(found, {
    [`${node('cp-2')}/controller-manager.conf`]: `system:kube-controller-manager@example ${local}`,
    [`${node('cp-2')}/scheduler.conf`]: `system:kube-scheduler@example ${local}`,
    [`${node('cp-2')}/kubelet.conf`]: `system:node:cp-2@example ${local}`,
    [`${node('cp-2')}/kube-proxy.conf`]: `system:kube-proxy@example ${local}`,
    [`${node('w-1')}/kubelet.conf`]: `system:node:w-1@example ${endpoint}`,
    [`${node('w-1')}/kube-proxy.conf`]: `system:kube-proxy@example ${endpoint}`,
    'users/admin.conf': `kubernetes-admin@example ${endpoint}`,
    'users/super-admin.conf': `kubernetes-super-admin@example ${endpoint}`,
  });
});

test('An endpoint without a port has the API server’s, and an IPv6 address is in brackets', async (t) => {
  const text =
    'nodes: [{name: cp-1, addresses: ["fd00::11"]}]\nserviceSubnets: ["fd00:10:96::/112"]\ncomponents: {apiserver: {port: 8443}}';
  const found = await contexts(text);
  t.is(found['users/admin.conf'], 'kubernetes-admin@kubernetes at https://[fd00::11]:8443');
  t.is(found['nodes/cp-1/etc/kubernetes/kubelet.conf'], 'system:node:cp-1@kubernetes at https://[fd00::11]:8443');
});

test('A kubelet finds certificate and key by one path, and all else is inside', async (t) => {
  const tree = await made(oneNode);
  const user = (path: string) => (parse(tree.get(path) ?? '') as Kubeconfig).users[0]?.user ?? {};
  const current = '/var/lib/kubelet/pki/kubelet-client-current.pem';
  t.deepEqual(user('nodes/cp-1/etc/kubernetes/kubelet.conf'), { 'client-certificate': current, 'client-key': current });
  const decoded = (field: string) => Buffer.from(user('users/admin.conf')[field] ?? '', 'base64').toString();
  t.regex(decoded('client-certificate-data'), /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
  t.regex(decoded('client-key-data'), /^-----BEGIN EC PRIVATE KEY-----\n[^-]+-----END EC PRIVATE KEY-----\n$/);
  const trusted = (parse(tree.get('users/admin.conf') ?? '') as Kubeconfig).clusters[0]?.cluster[
    'certificate-authority-data'
  ];
  t.is(Buffer.from(trusted ?? '', 'base64').toString(), tree.get('authorities/ca.crt') ?? '');
});

// What some reader of YAML takes for something else, or what could end a string.
const names = [
  ...['no', 'yes', 'on', 'off', 'y', 'null', '~', 'true', '1.30', '0x1f', '0o17', '017', '1e3', '.inf', '12:30:45'],
  ...[
    '2026-10-27',
    '',
    ' ',
    '- a',
    '# a',
    'a: b',
    '{a}',
    '[a]',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%',
    '@',
    '`',
    '?',
    '<<',
    '=',
  ],
  ...['"', "'", '\\', 'a"b\'c\\d', 'two\nlines', 'tab\t', '\u2028', '\u2029', '\u0085', '\ufeff', '\u007f', '\u009f'],
  ...['größe', '日本', '🚀', 'a\u0300'],
];

const { plan, emitters, layout } = assembled(oneNode);

const pem: Get = ({ id, part }) => `${id} ${part}\n`;

/** The administrator's kubeconfig of a cluster and a user with hostile names. */
function hostile(name: string): string {
  const renamed: Plan = {
    ...plan,
    cluster: { ...plan.cluster, name },
    specs: plan.specs.map((spec) =>
      spec.kind === 'leaf' && spec.id === 'admin' ? { ...spec, commonName: name } : spec,
    ),
  };
  for (const { emitter, file, link } of planFiles({ plan: renamed, emitters, layout })) {
    if (!link && file.path === 'users/admin.conf') return emitter.render(file, pem, () => new Uint8Array());
  }
  throw new Error('no kubeconfig');
}

function namesIn({ clusters, contexts: named, users, 'current-context': current }: Kubeconfig) {
  const [{ name, context } = { name: undefined, context: undefined }] = named;
  return { cluster: clusters[0]?.name, user: users[0]?.name, context: name, of: context, current };
}

function named(name: string) {
  const context = `${name}@${name}`;
  return { cluster: name, user: name, context, of: { cluster: name, user: name }, current: context };
}

for (const version of ['1.1', '1.2'] as const) {
  test(`YAML ${version} reads every name as it is meant`, (t) => {
    for (const name of names) {
      t.deepEqual(namesIn(parse(hostile(name), { version })), named(name), JSON.stringify(name));
    }
  });
}

/** kubectl of KUBEBUILDER_ASSETS, or of PATH. */
function findKubectl(): string | undefined {
  const folders = [process.env.KUBEBUILDER_ASSETS ?? '', ...(process.env.PATH ?? '').split(delimiter)];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, 'kubectl'))
    .find(existsSync);
}

const kubectl = findKubectl();
if (kubectl === undefined)
  console.log('No kubeconfig is read by kubectl: there is none in KUBEBUILDER_ASSETS or on PATH');
const reading = kubectl === undefined ? test.skip : test;

reading('kubectl reads every name as it is meant', async (t) => {
  t.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-presets-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const view = async (text: string): Promise<Kubeconfig> => {
    const file = join(folder, 'kubeconfig');
    writeFileSync(file, text, { mode: 0o600 });
    const args = ['config', 'view', '--raw', '-o', 'json', '--kubeconfig', file];
    const { stdout } = await promisify(execFile)(kubectl ?? '', args, { env: { HOME: folder } });
    return JSON.parse(stdout);
  };
  // kubectl keeps clusters, contexts and users by their names, and leaves out one that is empty.
  for (const name of names.filter((each) => each !== '')) {
    const found = await view(hostile(name));
    t.deepEqual(namesIn(found), named(name), JSON.stringify(name));
    t.deepEqual(found.users[0]?.user, {
      'client-certificate-data': Buffer.from('admin certificate\n').toString('base64'),
      'client-key-data': Buffer.from('admin key\n').toString('base64'),
    });
  }
});
