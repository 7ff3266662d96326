import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { firstIp, hostsWith, inUrl } from './addresses.ts';
import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { Manifests, See } from './types.ts';

/** The API server takes each manifest and gives it back as it is; then kubeadm fetches on another machine what it shares. */
export async function checkManifests(here: Machine, manifests: Manifests, see: See): Promise<void> {
  for (const [name, file] of Object.entries(manifests.files)) {
    await admin(here, ['apply', '--server-side', '-f', file]);
    const written = objects(await admin(here, ['create', '--dry-run=client', '-o', 'json', '-f', file]));
    const stored = objects(await admin(here, ['get', '-o', 'json', '-f', file]));
    see('manifest', name, isDeepStrictEqual(stored, written) ? 'as it is' : 'otherwise');
  }
  const { joins } = manifests;
  if (joins === undefined) return;
  const folder = join(here.boot.work, 'kubeadm');
  mkdirSync(folder);
  const token = await shareByToken(here, { folder, etcd: joins.etcd });
  await fetchCerts(here, { folder, token, joins });
  for (const [name, wanted] of Object.entries(joins.wanted)) {
    const fetched = readFileSync(join(here.boot.work, joins.node, 'etc/kubernetes/pki', name), 'utf8');
    see('fetched', name, fetched === readFileSync(wanted, 'utf8') ? 'as it is' : 'otherwise');
  }
}

const admin = (here: Machine, args: readonly string[]) => kubectl(here, args, { as: here.boot.superAdmin });

/** The objects in what kubectl prints, but for what the server adds to them. */
function objects(text: string): readonly unknown[] {
  // Several objects that were not sent are printed one after the other.
  const all = JSON.parse(`[${text.replaceAll(/^\}\n\{$/gm, '},{')}]`) as Stored[];
  return all
    .flatMap((one) => one.items ?? [one])
    .map(({ metadata, ...rest }) => {
      const { name, namespace, labels = {}, ownerReferences = [] } = metadata;
      return { ...rest, metadata: { name, namespace, labels, ownerReferences } };
    });
}

type Stored = {
  readonly items?: readonly Stored[];
  readonly metadata: Readonly<Record<'name' | 'namespace' | 'labels' | 'ownerReferences', unknown>>;
};

const api = 'kubeadm.k8s.io/v1beta4';

/** What kubeadm init does for those who join: its configuration, their rights, a token. */
async function shareByToken(
  here: Machine,
  { folder, etcd }: { readonly folder: string; readonly etcd: object | undefined },
): Promise<string> {
  const [host] = hostsWith(here.boot, 'kube-apiserver');
  if (host === undefined) throw new Error('no API server');
  const file = join(folder, 'init.json');
  const endpoint = `${inUrl(firstIp(host))}:6443`;
  const init = {
    apiVersion: api,
    kind: 'InitConfiguration',
    nodeRegistration: { name: host.name, criSocket: 'unix:///var/run/none.sock' },
    localAPIEndpoint: { advertiseAddress: firstIp(host) },
  };
  const cluster = {
    apiVersion: api,
    kind: 'ClusterConfiguration',
    kubernetesVersion: 'v1.37.2',
    controlPlaneEndpoint: endpoint,
    ...(etcd && { etcd }),
  };
  writeFileSync(file, [init, cluster].map((part) => JSON.stringify(part)).join('\n---\n'));
  const kubeadm = (...args: string[]) =>
    here.run({ part: 'kubeadm', node: host.name, args: [...args, '--kubeconfig', here.boot.superAdmin] });
  await kubeadm('init', 'phase', 'upload-config', 'all', '--config', file);
  await kubeadm('init', 'phase', 'bootstrap-token', '--config', file);
  return kubeadm('token', 'create');
}

type Join = { readonly folder: string; readonly token: string; readonly joins: NonNullable<Manifests['joins']> };

async function fetchCerts(here: Machine, { folder, token, joins }: Join): Promise<void> {
  const discovery = join(folder, 'discovery.conf');
  const file = join(folder, 'join.json');
  const info = ['-n', 'kube-public', 'get', 'configmap', 'cluster-info', '-o', 'jsonpath={.data.kubeconfig}'];
  writeFileSync(discovery, await admin(here, info));
  const configuration = {
    apiVersion: api,
    kind: 'JoinConfiguration',
    discovery: { file: { kubeConfigPath: discovery }, tlsBootstrapToken: token },
    nodeRegistration: { name: joins.node, criSocket: 'unix:///var/run/none.sock' },
    controlPlane: { certificateKey: joins.certificateKey, localAPIEndpoint: { advertiseAddress: joins.address } },
  };
  writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 });
  const args = ['join', 'phase', 'control-plane-prepare', 'download-certs', '--config', file];
  await here.run({ part: 'kubeadm', node: joins.node, args });
}
