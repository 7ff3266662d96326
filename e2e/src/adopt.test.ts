// A PKI that the real kubeadm made is described, taken over, and boots; and what docs/rescue.md tells is done with it.
import { X509Certificate } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { expected } from './harness/expected.ts';
import { bootOf } from './harness/generated.ts';
import { blocksUnder, commandsIn, follow, readPage } from './harness/page.ts';
import { runBoot } from './harness/run.ts';
import { age } from './kubeadm/age.ts';
import { joinPhases, runKubeadm, writeManifests } from './kubeadm/kubeadm.ts';
import { kubepki } from './kubepki.ts';
import { findParts, namespaceReason, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const none = skipReason(parts, ['kubeadm']);
const noBoot = none ?? skipReason(parts, ['etcd', 'kube-apiserver', 'kubectl']) ?? namespaceReason();
if (noBoot) console.log(`Nothing of kubeadm is ${none ? 'taken over' : 'booted'}: ${noBoot}`);

const pki = 'etc/kubernetes/pki';
const pairs = ['ca', 'front-proxy-ca', 'etcd/ca'].flatMap((name) => [`${name}.crt`, `${name}.key`]);

type Idle = { readonly made: readonly unknown[]; readonly files: { readonly written: readonly unknown[] } };

/** Whether a run would have nothing to make and nothing to write. */
function isIdle(t: ExecutionContext, cwd: string) {
  const { made, files } = JSON.parse(kubepki(['generate', '--dry-run', '--json'], { cwd }).toString()) as Idle;
  t.deepEqual([made, files.written], [[], []]);
}

/** Lets kubeadm make control planes as with init and join; each lies in a folder of its name. */
function controlPlanes(cwd: string, addresses: Readonly<Record<string, string>>) {
  const cluster = {
    controlPlaneEndpoint: 'api.example.com:6443',
    apiServer: { certSANs: ['kube.example.com', '192.0.2.7'] },
  };
  for (const [index, [node, advertiseAddress]] of Object.entries(addresses).entries()) {
    const root = join(cwd, node);
    const [first = ''] = Object.keys(addresses);
    for (const file of index === 0 ? [] : [...pairs, 'sa.key', 'sa.pub'])
      cpSync(join(cwd, first, pki, file), join(root, pki, file));
    const config = { node, localAPIEndpoint: { advertiseAddress }, cluster };
    runKubeadm(parts.kubeadm ?? '', root, config, ...(index === 0 ? [] : [joinPhases]));
  }
}

(none ? test.skip : test)(
  'What kubeadm made for several control planes is described and taken over: nothing is left to make',
  (t) => {
    const cwd = scratch(t);
    controlPlanes(cwd, { 'cp-1': '10.0.0.11', 'cp-2': '10.0.0.12' });
    kubepki(['init', '--from', 'cp-1', 'cp-2/etc/kubernetes'], { cwd });
    t.regex(readFileSync(join(cwd, 'cluster.yaml'), 'utf8'), /^profile: kubeadm$/m);
    const { anew } = JSON.parse(kubepki(['adopt', 'cp-1', 'cp-2', '--json'], { cwd }).toString()) as {
      anew: { id: string }[];
    };
    // A node that joins gets its kubelet's certificate from the API server.
    t.deepEqual(
      anew.map(({ id }) => id),
      ['kubelet/client@cp-2'],
    );
    isIdle(t, cwd);
    // It ends with 2 where anything would change.
    kubepki(['diff'], { cwd });
  },
);

(noBoot ? test.skip : test)('The control plane boots on what was taken over from kubeadm', async (t) => {
  const cwd = scratch(t);
  runKubeadm(parts.kubeadm ?? '', join(cwd, 'cp-1'), {
    node: 'cp-1',
    localAPIEndpoint: { advertiseAddress: '10.0.0.11' },
  });
  kubepki(['init', '--from-kubeadm', 'cp-1.json'], { cwd });
  kubepki(['adopt', 'cp-1/etc/kubernetes'], { cwd });
  isIdle(t, cwd);
  rmSync(join(cwd, 'cp-1'), { recursive: true });
  const boot = bootOf(cwd, { parts, file: 'cluster.yaml' });
  t.deepEqual(await runBoot(boot), expected(boot));
});

const rescue = 'docs/rescue.md';

/** A machine of one control plane that kubeadm made, with its manifests, in `hosts/cp-1`. */
function machine(t: ExecutionContext) {
  const cwd = scratch(t);
  const root = join(cwd, 'hosts/cp-1');
  const config = {
    node: 'cp-1',
    localAPIEndpoint: { advertiseAddress: '10.0.0.11' },
    cluster: { encryptionAlgorithm: 'ECDSA-P256' },
  };
  mkdirSync(join(cwd, 'hosts'), { recursive: true });
  runKubeadm(parts.kubeadm ?? '', root, config);
  writeManifests(parts.kubeadm ?? '', root);
  mkdirSync(join(root, 'var/lib/kubelet/pki'), { recursive: true });
  const etc = join(root, 'etc/kubernetes');
  const read = (path: string) => readFileSync(join(etc, path), 'utf8');
  const certificate = (path: string) => new X509Certificate(read(path));
  return { cwd, etc, read, certificate };
}

const leaves = [
  'apiserver',
  'apiserver-etcd-client',
  'apiserver-kubelet-client',
  'front-proxy-client',
  'etcd/server',
  'etcd/peer',
  'etcd/healthcheck-client',
];
const kubeconfigs = ['admin', 'super-admin', 'controller-manager', 'scheduler', 'kubelet'];

/** The certificates of a machine, those in kubeconfigs too, each with the days that it has left. */
function daysLeft({ read }: ReturnType<typeof machine>) {
  const inside = (name: string) =>
    Buffer.from(/client-certificate-data: (\S+)/.exec(read(`${name}.conf`))?.[1] ?? '', 'base64');
  const all = [...leaves.map((name) => read(`pki/${name}.crt`)), ...kubeconfigs.map(inside)];
  return all.map((pem) => (Date.parse(new X509Certificate(pem).validTo) - Date.now()) / 86_400_000);
}

const rescuing = none ? test.skip : test;

rescuing('docs/rescue.md has everything that has ended made anew, by the same authorities', (t) => {
  const host = machine(t);
  const authority = host.read('pki/ca.crt');
  age(host.etc, 400);
  t.true(daysLeft(host).every((days) => days < 0));
  const blocks = blocksUnder(rescue, 'Everything has ended');
  t.true(commandsIn(blocks) <= 5);
  follow(blocks, host.cwd);
  t.true(daysLeft(host).every((days) => days > 364));
  t.is(host.read('pki/ca.crt'), authority);
  for (const leaf of leaves.filter((name) => /^apiserver($|-kubelet)/.test(name)))
    t.true(host.certificate(`pki/${leaf}.crt`).verify(host.certificate('pki/ca.crt').publicKey), leaf);
  isIdle(t, host.cwd);
});

rescuing('docs/rescue.md gives the API server a new name, and changes nothing else', (t) => {
  const host = machine(t);
  const files = () =>
    Object.fromEntries(
      [...leaves.map((name) => `pki/${name}.crt`), ...kubeconfigs.map((name) => `${name}.conf`)].map((path) => [
        path,
        host.read(path),
      ]),
    );
  const before = files();
  const blocks = blocksUnder(rescue, 'A new name or address of the API server');
  t.true(commandsIn(blocks) <= 5);
  // The cluster that kubeadm makes here has other keys than the one that the page shows.
  follow(
    blocks.map((block) => (block.language === 'yaml' ? { ...block, text: `keys: ecdsa-p256\n${block.text}` } : block)),
    host.cwd,
  );
  const changed = Object.entries(files()).flatMap(([path, text]) => (text === before[path] ? [] : [path]));
  t.deepEqual(changed, ['pki/apiserver.crt']);
  const certificate = host.certificate('pki/apiserver.crt');
  t.truthy(
    certificate.checkHost('api.example.com') && certificate.checkIP('192.0.2.7') && certificate.checkIP('10.0.0.11'),
  );
  isIdle(t, host.cwd);
});

rescuing('docs/rescue.md moves a node to another address, and names the places where the old one stands', (t) => {
  const host = machine(t);
  const page = readPage(rescue);
  for (const manifest of ['etcd', 'kube-apiserver']) {
    const row =
      page.split('\n').find((line) => line.startsWith(`| \`/etc/kubernetes/manifests/${manifest}.yaml\``)) ?? '';
    for (const [, name = ''] of host.read(`manifests/${manifest}.yaml`).matchAll(/^.*?([\w.-]+)[=:].*10\.0\.0\.11/gm))
      t.true(row.includes(name.replace('kubeadm.kubernetes.io/', '')), `${manifest}: ${name}`);
  }
  const blocks = blocksUnder(rescue, 'A node has another address');
  t.true(commandsIn(blocks) <= 5);
  const said = follow(blocks, host.cwd);
  t.regex(said.at(-1) ?? '', /systemctl restart kubelet$/);
  for (const name of ['apiserver', 'etcd/server', 'etcd/peer']) {
    const certificate = host.certificate(`pki/${name}.crt`);
    t.truthy(certificate.checkIP('10.0.0.99'), name);
    t.falsy(certificate.checkIP('10.0.0.11'), name);
  }
  for (const name of kubeconfigs) t.regex(host.read(`${name}.conf`), /server: "https:\/\/10\.0\.0\.99:6443"/);
  for (const name of ['etcd', 'kube-apiserver']) t.notRegex(host.read(`manifests/${name}.yaml`), /10\.0\.0\.11/);
  isIdle(t, host.cwd);
});
