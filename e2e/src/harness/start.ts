import { apiServer, hostsWith } from './addresses.ts';
import { allFlags } from './flags.ts';
import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { Boot, Host, Process } from './types.ts';

const early = ['etcd', 'kube-apiserver'] as const;
const late = ['kube-controller-manager', 'kube-scheduler', 'kubelet'] as const;

/** etcd and the API servers, until every one is ready and knows the bindings of these credentials. */
export async function startControlPlanes(here: Machine): Promise<void> {
  start(here, early);
  for (const host of hostsWith(here.boot, 'kube-apiserver')) {
    await here.until(`the API server of ${host.name} is ready`, 'kube-apiserver', host.name, () =>
      kubectl(here, ['--server', apiServer(here.boot, host), 'get', '--raw', '/readyz'], { as: here.boot.superAdmin }),
    );
  }
  await bind(here);
}

/** Whatever needs an API server. A part that is not here is left out, and with it what it would show. */
export function startTheRest(here: Machine): void {
  start(
    here,
    late.filter((part) => here.boot.parts[part]),
  );
}

function start(here: Machine, parts: readonly (typeof early | typeof late)[number][]) {
  for (const part of parts) {
    for (const host of hostsWith(here.boot, part)) {
      here.start(part, host.name, allFlags(here.boot, host, processOf(here.boot, host, part)));
    }
  }
}

function processOf(boot: Boot, host: Host, part: string): Process {
  const [found, ...more] = boot.processes.filter((each) => each.node === host.name && each.process === part);
  if (found === undefined || more.length > 0) throw new Error(`${host.name} needs one ${part}`);
  return found;
}

async function bind(here: Machine) {
  const { bindings, superAdmin } = here.boot;
  if (bindings) await kubectl(here, ['apply', '-f', bindings], { as: superAdmin });
  else for (const binding of kubeadmsBindings) await kubectl(here, ['create', ...binding], { as: superAdmin });
}

const kubeadmsBindings = [
  ['clusterrolebinding', 'kubeadm:cluster-admins', '--clusterrole=cluster-admin', '--group=kubeadm:cluster-admins'],
  [
    'clusterrolebinding',
    'kubeadm:apiserver-kubelet-client',
    '--clusterrole=system:kubelet-api-admin',
    '--user=kube-apiserver-kubelet-client',
  ],
  [
    'clusterrolebinding',
    'kubeadm:node-autoapprove-certificate-rotation',
    '--clusterrole=system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
    '--group=system:nodes',
  ],
];
