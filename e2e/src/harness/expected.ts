import { basename } from 'node:path';
import { hostsWith } from './addresses.ts';
import type { Report } from './run.ts';
import { type Boot, type Kubeconfig, neededFor, type What } from './types.ts';

/** A person's kubeconfig and who it is, beside those that every cluster has. */
export type People = Readonly<Record<string, string>>;

/** What a boot has to show when every file is what Kubernetes asks for. */
export function expected(boot: Boot, people: People = {}): Report {
  const servers = hostsWith(boot, 'kube-apiserver').map(({ name }) => name);
  const kubelets = hostsWith(boot, 'kubelet').map(({ name }) => name);
  const members = hostsWith(boot, 'etcd').map(({ name }) => name);
  const namesOf = (name: string) => [...(boot.names[name] ?? []), ...boot.serviceNames];
  const report: Required<Omit<Report, 'trial' | 'limit' | 'manifest' | 'fetched' | 'issued'>> = {
    'API server': all(pairs(servers, namesOf), 'ok'),
    identity: Object.fromEntries(boot.kubeconfigs.map((each) => [nameOf(each), who(each, people)])),
    member: all(members, 'healthy'),
    gateway: all(members, 'HTTP 200'),
    'front proxy': all(
      pairs(servers, () => servers, ' to '),
      groups('somebody', 'some-group'),
    ),
    leader: Object.fromEntries(['kube-controller-manager', 'kube-scheduler'].map((part) => [part, lease(part)])),
    node: Object.fromEntries(kubelets.map((name) => [name, `node/${name}`])),
    kubelet: all(
      pairs(kubelets, () => servers, ' from '),
      'ok',
    ),
    token: all(servers, groups(account, 'system:serviceaccounts', 'system:serviceaccounts:default')),
    'signed request': { jane: groups('jane', 'developers') },
    renewal: Object.fromEntries(kubelets.map((name) => [name, groups(`system:node:${name}`, 'system:nodes')])),
  };
  return Object.fromEntries(Object.entries(report).filter(([what]) => isSeen(boot, what as What)));
}

/** How a kubeconfig is called in a report. */
export function nameOf({ file, node }: Kubeconfig): string {
  return node === undefined ? basename(file) : `${node} ${basename(file)}`;
}

const account = 'system:serviceaccount:default:default';

const identities: Record<string, string> = {
  'admin.conf': groups('kubernetes-admin', 'kubeadm:cluster-admins'),
  'super-admin.conf': groups('kubernetes-super-admin', 'system:masters'),
  'controller-manager.conf': groups('system:kube-controller-manager'),
  'scheduler.conf': groups('system:kube-scheduler'),
  'kube-proxy.conf': groups('system:kube-proxy'),
  'kubeproxy.conf': groups('system:kube-proxy'),
};

function who({ file, node }: Kubeconfig, people: People): string {
  const name = basename(file);
  if (name === 'kubelet.conf') return groups(`system:node:${node}`, 'system:nodes');
  return people[name] ?? identities[name] ?? `nobody that these tests know: ${name}`;
}

function groups(user: string, ...more: string[]): string {
  return `${user} ${JSON.stringify([...more, 'system:authenticated'])}`;
}

function lease(part: string): string {
  return `lease.coordination.k8s.io/${part}`;
}

function pairs(names: readonly string[], others: (name: string) => readonly string[], between = ' '): string[] {
  return names.flatMap((name) => others(name).map((other) => `${name}${between}${other}`));
}

function all(names: readonly string[], is: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, is]));
}

function isSeen(boot: Boot, what: What): boolean {
  const part = neededFor[what];
  return part === undefined || boot.parts[part] !== undefined;
}
