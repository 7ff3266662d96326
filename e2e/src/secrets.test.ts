// The manifests of Secrets are taken by a real API server, and the real kubeadm fetches what they share.
import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { bootOf } from './harness/generated.ts';
import { runBoot } from './harness/run.ts';
import type { Boot, Manifests } from './harness/types.ts';
import { kubepki } from './kubepki.ts';
import { findParts, namespaceReason, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const reason = skipReason(parts, ['etcd', 'kube-apiserver', 'kubectl', 'kubeadm']) ?? namespaceReason();
if (reason) console.log(`No Secret is taken by an API server: ${reason}`);
const booting = reason ? test.skip : test;

const cluster = {
  name: 'blue',
  profile: 'kubeadm',
  keys: 'ecdsa-p256',
  nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
  components: { 'etcd-clients': { names: ['backup'] } },
  emitters: {
    secrets: { include: ['front-proxy-client@cp-1', 'sa', 'ca'], bundles: ['cluster/server', 'etcd/server'] },
    'kubeadm-certs': { keyFile: 'the.key' },
    'cluster-api': true,
  },
};

const secrets = ['ca', 'sa', 'etcd-backup-client', 'front-proxy-client-cp-1'];
const bundles = ['cluster-server-trust', 'etcd-server-trust'];

/** The paths of manifests: those that are the same wherever etcd is, and of Cluster API what is named. */
function manifestsOf(...ends: readonly string[]): readonly string[] {
  return [
    ...ends.map((end) => `cluster-api/blue-${end}.yaml`),
    ...bundles.map((name) => `bundles/kube-system/${name}.yaml`),
    ...secrets.map((name) => `secrets/kube-system/${name}.yaml`),
    'kubeadm-certs.yaml',
  ];
}

const shared = Object.fromEntries(
  ['ca.crt', 'ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.pub', 'sa.key'].map((name) => [name, name]),
);

/** Generates the PKI of a cluster with a certificate key, and says how it boots with its manifests. */
function secretsOf(t: ExecutionContext, content: object) {
  const cwd = scratch(t);
  const certificateKey = randomBytes(32).toString('hex');
  writeFileSync(join(cwd, 'the.key'), certificateKey, { mode: 0o600 });
  writeFileSync(join(cwd, 'cluster.yaml'), JSON.stringify(content));
  kubepki(['generate'], { cwd });
  const folder = join(cwd, 'pki/current/manifests');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  const files = Object.fromEntries(paths.map((path) => [path, join(folder, path)]));
  return { cwd, certificateKey, files, pki: join(cwd, 'pki/current/nodes/cp-1/etc/kubernetes/pki') };
}

type Joining = Pick<NonNullable<Manifests['joins']>, 'certificateKey' | 'etcd' | 'wanted'>;

/** A boot in which another machine fetches what it needs to become a control plane. */
function joining(boot: Boot, { files, ...joins }: Joining & Pick<Manifests, 'files'>): Boot {
  const [node, address] = ['cp-2', '10.0.0.12'];
  const hosts = [...boot.hosts, { name: node, addresses: [address] }];
  return { ...boot, hosts, manifests: { files, joins: { node, address, ...joins } } };
}

const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'as it is']));

booting('An API server gives Secrets back in all three layouts, and kubeadm join fetches what is shared', async (t) => {
  const { cwd, certificateKey, files, pki } = secretsOf(t, cluster);
  const names = [...Object.keys(shared), 'etcd/ca.crt', 'etcd/ca.key'];
  const wanted = Object.fromEntries(names.map((name) => [name, join(pki, name)]));
  const boot = bootOf(cwd, { parts, file: 'cluster.yaml' });
  t.deepEqual(await runBoot(joining(boot, { files, certificateKey, wanted })), {
    manifest: all(manifestsOf('ca', 'etcd', 'kubeconfig', 'proxy', 'sa')),
    fetched: all(names),
  });
});

booting(
  'With an etcd elsewhere kubeadm join fetches the client for it, where its configuration names it',
  async (t) => {
    // What boots has an etcd of its own; to kubeadm it is elsewhere.
    const booted = secretsOf(t, cluster);
    const endpoints = ['etcd-1.example.com:2379'];
    const authority = (name: string) => join(booted.cwd, 'pki/current/authorities/etcd', name);
    const { certificateKey, files, pki } = secretsOf(t, {
      ...cluster,
      etcd: { external: { endpoints } },
      authorities: { 'etcd/ca': { certificate: authority('ca.crt'), key: authority('ca.key') } },
    });
    const outside = {
      'my/ca.crt': 'etcd/ca.crt',
      'my/c.crt': 'apiserver-etcd-client.crt',
      'my/c.key': 'apiserver-etcd-client.key',
    };
    const [caFile, certFile, keyFile] = Object.keys(outside).map((name) => `/etc/kubernetes/pki/${name}`);
    const wanted = Object.entries({ ...shared, ...outside }).map(([name, path]) => [name, join(pki, path)]);
    const etcd = { external: { endpoints: endpoints.map((one) => `https://${one}`), caFile, certFile, keyFile } };
    const boot = bootOf(booted.cwd, { parts, file: 'cluster.yaml' });
    t.deepEqual(await runBoot(joining(boot, { files, certificateKey, etcd, wanted: Object.fromEntries(wanted) })), {
      manifest: all(manifestsOf('apiserver-etcd-client', 'ca', 'etcd', 'kubeconfig', 'proxy', 'sa')),
      fetched: all(wanted.map(([name = '']) => name)),
    });
  },
);
