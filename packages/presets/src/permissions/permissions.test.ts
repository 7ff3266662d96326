import { execFile } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type ContentFile, type LeafSpec, planFiles } from '@kubepki/core';
import test from 'ava';
import { assembled, etcdElsewhere, oneNode, refusal, threeControlPlanes } from '../_assembled.test.ts';
import { permissionsOf, permitted } from './permitted.ts';
import { permissionNames } from './profiles.ts';

/** Each file of a node, by its path on it: mode, owner and group. */
function filesOn(node: string, text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    contentFiles(text).flatMap(({ path, mode, owner, group }) =>
      path.startsWith(`nodes/${node}/`)
        ? [[path.slice(`nodes/${node}`.length), `${mode.toString(8)} ${owner}:${group}`]]
        : [],
    ),
  );
}

function contentFiles(text: string): readonly ContentFile[] {
  return [...planFiles(assembled(text))].flatMap(({ file }) => ('link' in file ? [] : [file]));
}

const pki = '/etc/kubernetes/pki';
const rootless: Readonly<Record<string, string>> = {
  [`${pki}/etcd/server.key`]: '600 kubeadm-etcd:kubeadm-etcd',
  [`${pki}/etcd/peer.key`]: '600 kubeadm-etcd:kubeadm-etcd',
  [`${pki}/apiserver.key`]: '600 kubeadm-kas:kubeadm-kas',
  [`${pki}/apiserver-etcd-client.key`]: '600 kubeadm-kas:kubeadm-kas',
  [`${pki}/apiserver-kubelet-client.key`]: '600 kubeadm-kas:kubeadm-kas',
  [`${pki}/front-proxy-client.key`]: '600 kubeadm-kas:kubeadm-kas',
  [`${pki}/sa.pub`]: '600 kubeadm-kas:kubeadm-kas',
  [`${pki}/ca.key`]: '600 kubeadm-kcm:kubeadm-kcm',
  '/etc/kubernetes/controller-manager.conf': '600 kubeadm-kcm:kubeadm-kcm',
  '/etc/kubernetes/scheduler.conf': '600 kubeadm-ks:kubeadm-ks',
  [`${pki}/sa.key`]: '640 root:kubeadm-sa-key-readers',
};

test('Without a word, and with permissions: kubeadm, files are as they are without permissions', (t) => {
  for (const text of [oneNode, `${oneNode}permissions: kubeadm`]) {
    for (const file of contentFiles(text)) t.false('owner' in file || 'group' in file, file.path);
  }
  const parts = { emitters: [], layout: assembled(oneNode).layout };
  const same = permitted('kubeadm', parts);
  t.deepEqual([same.emitters, same.layout], [parts.emitters, parts.layout]);
  t.is(same.layout, parts.layout);
});

test('rootless: a key belongs to the one that reads it, and what two read to their group', (t) => {
  const found = filesOn('cp-1', `${oneNode}profile: kubeadm\npermissions: rootless`);
  const others = Object.entries(found).filter(([path]) => !(path in rootless));
  t.deepEqual({ ...rootless, ...found }, found);
  for (const [path, whose] of others) t.regex(whose, /^6[04][04] root:root$/, path);
  t.true(others.some(([path]) => path === `${pki}/etcd/ca.key`));
});

test('rootless: everybody may enter the folders of pki, and no other', (t) => {
  const { layout } = assembled(`${oneNode}permissions: rootless`);
  const modes = ['etc/kubernetes/pki', 'etc/kubernetes/pki/etcd', 'etc/kubernetes', 'var/lib/kubelet/pki'].map((path) =>
    layout.folderMode(`nodes/cp-1/${path}`).toString(8),
  );
  t.deepEqual(modes, ['755', '755', '700', '700']);
  t.is(layout.folderMode('authorities'), 0o700);
});

test('rootless: by profile strict servers of a component and public keys that all may read are no exception', (t) => {
  const found = filesOn(
    'cp-1',
    `${oneNode}permissions: rootless
components: {scheduler: {serving: true}, controller-manager: {serving: true}, konnectivity: true}`,
  );
  t.is(found[`${pki}/sa.pub`], '644 root:root');
  t.is(found[`${pki}/sa.key`], '640 root:kubeadm-sa-key-readers');
  const keys = Object.entries(found).filter(([path]) =>
    /(scheduler|controller-manager|konnectivity).*\.key$/.test(path),
  );
  t.true(keys.length > 1, Object.keys(found).join(' '));
  for (const [path, whose] of keys)
    t.is(
      whose,
      path.includes('konnectivity')
        ? '600 root:root'
        : `600 ${path.includes('sched') ? 'kubeadm-ks:kubeadm-ks' : 'kubeadm-kcm:kubeadm-kcm'}`,
    );
});

test('What lies on no node has no owner by any profile', (t) => {
  for (const name of ['cis', 'rootless'])
    for (const file of contentFiles(`${threeControlPlanes}permissions: ${name}`))
      t.is(file.owner === undefined, !file.path.startsWith('nodes/'), file.path);
});

test('A key that two users read who have no group is refused, with its file', (t) => {
  const { plan, ...parts } = assembled(oneNode);
  const scheduler = (leaf: LeafSpec): LeafSpec =>
    leaf.name === 'scheduler' ? { ...leaf, flags: { ...leaf.flags, '--key': { of: 'sa', part: 'key' } } } : leaf;
  const specs = plan.specs.map((spec) => (spec.kind === 'leaf' ? scheduler(spec) : spec));
  const messages = refusal(t, 'PERMISSIONS_SHARED', () => [
    ...planFiles({ plan: { ...plan, specs }, ...permitted('rootless', parts) }),
  ]);
  t.regex(
    messages.join(),
    /^nodes\/cp-1\/etc\/kubernetes\/pki\/sa\.key is read by kubeadm-kas and kubeadm-kcm and kubeadm-ks, who have no group$/,
  );
});

test('By what a manifest says of owners it is known which profile it is of', (t) => {
  for (const name of permissionNames) {
    const planned = [...planFiles(assembled(`${oneNode}permissions: ${name}`))];
    const entries = planned.map(({ emitter, file }) => ({ ...file, emitter: emitter.name }));
    t.is(permissionsOf([...entries, { emitter: 'other', owner: 'etcd' }]), name);
  }
});

test('With one flat folder a profile that names owners is refused', (t) => {
  const flat = (name: string) => assembled(`${oneNode}layout: {tree: flat}\npermissions: ${name}`);
  t.notThrows(() => flat('kubeadm'));
  t.regex(refusal(t, 'CLUSTER_FILE_INVALID', () => flat('cis')).join(), /^permissions: one flat folder/);
});

// CIS Kubernetes Benchmark 1.12: what it looks at, and the most that a mode may have.
const benchmark: readonly [files: RegExp, most: number][] = [
  [/^\/etc\/kubernetes\/(super-)?admin\.conf$/, 0o600],
  [/^\/etc\/kubernetes\/(scheduler|controller-manager|kubelet|kube-proxy)\.conf$/, 0o600],
  [/^\/etc\/kubernetes\/pki\/.*\.crt$/, 0o644],
  [/^\/etc\/kubernetes\/pki\/.*\.key$/, 0o600],
];

test('cis: every file is root’s, and no mode allows more than the benchmark', (t) => {
  for (const [text, node] of [
    [`${threeControlPlanes}profile: kubeadm`, 'cp-1'],
    [threeControlPlanes, 'w-1'],
    [etcdElsewhere, 'cp-1'],
  ] as const) {
    for (const [path, whose] of Object.entries(filesOn(node, `${text}\npermissions: cis`))) {
      const [mode = '', owner] = whose.split(' ');
      t.is(owner, 'root:root', path);
      const most = benchmark.find(([files]) => files.test(path))?.[1] ?? 0o644;
      t.is(Number.parseInt(mode, 8) & ~most, 0, `${path} ${mode}`);
    }
  }
});

test('cis: what an emitter gives a wider mode is narrowed', (t) => {
  const { plan, layout } = assembled(oneNode);
  const wide = { path: 'nodes/cp-1/etc/x', mode: 0o666, secret: false, holds: [] };
  const emitter = {
    name: 'wide',
    *files() {
      yield wide;
      yield { ...wide, path: 'nodes/cp-1/etc/y', mode: 0o640, secret: true };
    },
    render: () => '',
  };
  const found = [...planFiles({ plan, ...permitted('cis', { emitters: [emitter], layout }) })];
  t.deepEqual(
    found.map(({ file }) => 'mode' in file && file.mode.toString(8)),
    ['644', '600'],
  );
});

const folders = [process.env.KUBEBUILDER_ASSETS ?? '', ...(process.env.PATH ?? '').split(delimiter)];
const program = folders
  .filter(Boolean)
  .map((folder) => join(folder, 'kubeadm'))
  .find(existsSync);
const reason =
  program === undefined
    ? 'there is no kubeadm in KUBEBUILDER_ASSETS or on PATH'
    : process.getuid?.() !== 0 && 'only root may';
if (reason) console.log(`Owners are not compared with those of kubeadm: ${reason}`);

(reason ? test.skip : test)('rootless: owners and modes are those that kubeadm itself gives', async (t) => {
  t.timeout(300_000);
  const root = mkdtempSync(join(tmpdir(), 'kubepki-rootless-'));
  t.teardown(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(root, 'kubeadm.yaml'), configuration);
  for (const phase of ['certs all', 'kubeconfig all', 'etcd local', 'control-plane all'])
    await promisify(execFile)(program ?? '', [
      ...['init', 'phase', ...phase.split(' ')],
      ...['--rootfs', root, '--config', '/kubeadm.yaml'],
    ]);
  const named = (file: string) =>
    new Map(
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .map((line) => line.split(':'))
        .map(([name, , id]) => [Number(id), name]),
    );
  const [users, groups] = [named('etc/passwd'), named('etc/group')];
  const whose = (path: string) => {
    const { mode, uid, gid } = lstatSync(join(root, path));
    return `${(mode & 0o777).toString(8)} ${users.get(uid)}:${groups.get(gid)}`;
  };
  const text = `${oneNode}kubernetesVersion: "1.37.2"\nprofile: kubeadm\nkeys: ecdsa-p256\npermissions: rootless`;
  const ours = filesOn('cp-1', text);
  t.true(Object.keys(ours).length > 20);
  for (const [path, found] of Object.entries(ours)) t.is(found, whose(path), path);
});

const configuration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.11}
nodeRegistration: {name: cp-1, criSocket: "unix:///nowhere"}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: 1.37.2
encryptionAlgorithm: ECDSA-P256
featureGates: {RootlessControlPlane: true}
`;
