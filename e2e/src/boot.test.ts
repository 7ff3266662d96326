import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { hostsWith } from './harness/addresses.ts';
import { expected, type People } from './harness/expected.ts';
import { generated } from './harness/generated.ts';
import { runBoot } from './harness/run.ts';
import type { Boot } from './harness/types.ts';
import { runKubeadm } from './kubeadm/kubeadm.ts';
import { kubeadmProcesses } from './kubeadm/processes.ts';
import { findParts, namespaceReason, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const reason = skipReason(parts, ['etcd', 'kube-apiserver', 'kubectl']) ?? namespaceReason();
if (reason) console.log(`Nothing is booted: ${reason}`);
const booting = reason ? test.skip : test;

const one = { nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }] };
const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url));

type Counts = { readonly servers: number; readonly members: number; readonly kubelets: number };
type Wanted = Counts & { readonly people?: People; readonly unchecked?: boolean };
const single: Counts = { servers: 1, members: 1, kubelets: 1 };

/** Boots what the program makes of a cluster file (or of its content), and compares what is seen. */
const boots = test.macro(async (t, cluster: string | object, { people, unchecked = false, ...counts }: Wanted) => {
  const boot = generated(t, { parts, cluster });
  t.deepEqual(count(boot), counts);
  t.is(checksKubelets(boot), !unchecked, 'whether the API servers check the serving certificates of kubelets');
  t.deepEqual(await runBoot(boot), expected(boot, people));
});

function count(boot: Boot): Counts {
  const of = (process: string) => hostsWith(boot, process).length;
  return { servers: of('kube-apiserver'), members: of('etcd'), kubelets: of('kubelet') };
}

function checksKubelets({ processes }: Boot): boolean {
  const servers = processes.filter(({ process }) => process === 'kube-apiserver');
  return servers.every(({ flags }) => flags['--kubelet-certificate-authority'] !== undefined);
}

(parts.kubeadm ? booting : test.skip)('The harness boots what kubeadm itself makes', async (t) => {
  const folder = scratch(t);
  const root = join(folder, 'cp-1');
  const work = join(folder, 'work');
  mkdirSync(work);
  runKubeadm(parts.kubeadm ?? '', root, { node: 'cp-1', localAPIEndpoint: { advertiseAddress: '10.0.0.11' } });
  const names = ['admin', 'super-admin', 'controller-manager', 'scheduler', 'kubelet'];
  const boot: Boot = {
    parts,
    hosts: [{ name: 'cp-1', addresses: ['10.0.0.11'], root }],
    processes: kubeadmProcesses('cp-1'),
    serviceSubnets: ['10.96.0.0/12'],
    kubeconfigs: names.map((name) => ({ node: 'cp-1', file: `/etc/kubernetes/${name}.conf` })),
    superAdmin: join(root, 'etc/kubernetes/super-admin.conf'),
    admin: join(root, 'etc/kubernetes/admin.conf'),
    names: { 'cp-1': ['10.0.0.11', 'cp-1'] },
    serviceNames: ['kubernetes.default.svc', '10.96.0.1'],
    work,
  };
  t.deepEqual(await runBoot(boot), expected(boot));
});

booting('One node boots from a few lines', boots, one, single);

booting('The cluster of the example boots, each node from its own tree alone', boots, example('cluster'), {
  servers: 3,
  members: 3,
  kubelets: 5,
});

booting(
  'A cluster with etcd on three nodes of its own boots, with IPv6 alone, other keys and other file names',
  boots,
  {
    controlPlaneEndpoint: 'api.example.com',
    serviceSubnets: ['fd00:96::/112'],
    nodes: [
      { name: 'cp-1', roles: ['control-plane'], addresses: ['fd00:10::11'] },
      ...[21, 22, 23].map((n) => ({ name: `etcd-${n}`, roles: ['etcd'], addresses: [`fd00:10::${n}`] })),
      { name: 'w-1', roles: ['worker'], addresses: ['fd00:10::31', 'w-1.example.com'] },
    ],
    users: [{ name: 'jane', groups: ['developers'] }],
    keys: { authorities: 'ecdsa-p384', leaves: 'rsa-2048', serviceAccounts: 'rsa-2048' },
    layout: { names: 'pem' },
  },
  { servers: 1, members: 3, kubelets: 2, people: { 'jane.conf': 'jane ["developers","system:authenticated"]' } },
);

booting(
  'One node boots from one folder, with one authority and a serving certificate as the only client',
  boots,
  example('simple'),
  single,
);

booting(
  'One node boots from what the profile kubeadm makes, where kubelets make their serving certificates themselves',
  boots,
  { ...one, profile: 'kubeadm' },
  { ...single, unchecked: true },
);
