import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { kubepki } from '../kubepki.ts';
import type { Parts } from '../parts.ts';
import { scratch } from '../scratch.ts';
import { hostsWith, ips } from './addresses.ts';
import type { Boot, Host, Kubeconfig, Process } from './types.ts';

type ClusterFacts = {
  readonly endpoint: { readonly host: string };
  readonly serviceSubnets: readonly string[];
  readonly nodes: readonly { name: string; ips: readonly string[]; names: readonly string[] }[];
};

/** Makes the PKI of a cluster file (or of its content) and says how to boot what was made. */
export function generated(t: ExecutionContext, { parts, cluster }: { parts: Parts; cluster: string | object }): Boot {
  const cwd = scratch(t);
  const file = typeof cluster === 'string' ? cluster : join(cwd, 'cluster.yaml');
  if (typeof cluster !== 'string') writeFileSync(file, JSON.stringify(cluster));
  kubepki(['generate', '-f', file, '-o', 'pki'], { cwd });
  return bootOf(cwd, { parts, file });
}

/** Says how to boot what is in the folder `pki` of another, and was made of a cluster file. */
export function bootOf(cwd: string, { parts, file }: { parts: Parts; file: string }): Boot {
  const flags = kubepki(['plan', '-f', file, '--flags', '--json'], { cwd });
  const current = join(cwd, 'pki/current');
  const plan = JSON.parse(readFileSync(join(current, 'plan.json'), 'utf8')) as {
    profile: string;
    cluster: ClusterFacts;
  };
  const bindings = join(current, 'manifests/rbac.yaml');
  const work = join(cwd, 'work');
  mkdirSync(work);
  const flat = !existsSync(join(current, 'nodes'));
  const hosts = plan.cluster.nodes.map(({ name, ips, names }): Host => {
    return { name, addresses: [...ips, ...names], ...(!flat && { root: join(current, 'nodes', name) }) };
  });
  const boot = {
    parts,
    hosts,
    processes: (JSON.parse(flags.toString()) as { processes: Process[] }).processes,
    endpoint: plan.cluster.endpoint.host,
    serviceSubnets: plan.cluster.serviceSubnets,
    kubeconfigs: flat ? [...confs(current, hosts[0]?.name)] : [...confs(join(current, 'users')), ...hosts.flatMap(own)],
    superAdmin: findConf(current, hosts, 'super-admin.conf'),
    admin: findConf(current, hosts, 'admin.conf'),
    ...(existsSync(bindings) && { bindings }),
    ...(flat && { folder: current }),
    names: {},
    serviceNames: [],
    work,
  };
  return { ...boot, ...names(boot, plan.profile) };
}

/** Where the API servers have to be who they say: with the profile `kubeadm` at fewer names. */
function names(boot: Boot, profile: string): Pick<Boot, 'names' | 'serviceNames'> {
  const inside = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
  const service = boot.serviceSubnets.map((subnet) =>
    subnet.replace(/(::|\.0)\/\d+$/, (_, end) => (end === '::' ? '::1' : '.1')),
  );
  const strict = profile === 'strict';
  const of = (host: Host) => {
    const loopbacks = strict ? ['localhost', '127.0.0.1', ...(ips(host).some(isIPv6) ? ['::1'] : [])] : [];
    return [...new Set([host.name, ...(strict ? host.addresses : host.addresses.slice(0, 1)), ...loopbacks])];
  };
  return {
    names: Object.fromEntries(hostsWith(boot, 'kube-apiserver').map((host) => [host.name, of(host)])),
    serviceNames: [...inside, ...(strict ? service : service.slice(0, 1)), ...(boot.endpoint ? [boot.endpoint] : [])],
  };
}

function own({ name, root = '' }: Host): Kubeconfig[] {
  return confs(join(root, 'etc/kubernetes'), name);
}

/** A node's kubeconfigs, as they are called there; without a node a person's. */
function confs(folder: string, node?: string): Kubeconfig[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).filter((file) => file.endsWith('.conf'));
  return found.map((file) =>
    node === undefined ? { file: join(folder, file) } : { file: `/etc/kubernetes/${file}`, node },
  );
}

function findConf(current: string, hosts: readonly Host[], name: string): string {
  const nodes = hosts.map(({ root = '' }) => join(root, 'etc/kubernetes'));
  const found = [join(current, 'users'), current, ...nodes].map((folder) => join(folder, name)).find(existsSync);
  if (found === undefined) throw new Error(`no ${name} was made`);
  return found;
}
