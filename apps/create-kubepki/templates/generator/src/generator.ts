import { admin } from '@kubepki/component-admin';
import { apiserver } from '@kubepki/component-apiserver';
import { clusterCa } from '@kubepki/component-cluster-ca';
import { controllerManager } from '@kubepki/component-controller-manager';
import { etcd } from '@kubepki/component-etcd';
import { frontProxy } from '@kubepki/component-front-proxy';
import { kubelet } from '@kubepki/component-kubelet';
import { scheduler } from '@kubepki/component-scheduler';
import { serviceAccount } from '@kubepki/component-service-account';
import {
  type Cluster,
  type Credential,
  existingTree,
  generate,
  makePlan,
  openOutput,
  type Policy,
  stagedTree,
  survey,
} from '@kubepki/core';
import { filesystem } from '@kubepki/emitter-filesystem';
import { kubeconfig } from '@kubepki/emitter-kubeconfig';
import { nodesLayout } from '@kubepki/presets';

const day = 86_400;

const cluster: Cluster = {
  name: 'NAME',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

/** A rule of the house: no certificate but an authority's lives over 90 days. */
const shortLives: Policy = (plan) => ({
  ...plan,
  specs: plan.specs.map((spec) =>
    spec.kind === 'leaf' ? { ...spec, validity: Math.min(spec.validity, 90 * day) } : spec,
  ),
});

export const plan = makePlan({
  cluster,
  components: [
    clusterCa(),
    etcd(),
    frontProxy(),
    serviceAccount(),
    apiserver({ sans: ['api.example.internal'] }),
    controllerManager(),
    scheduler(),
    kubelet(),
    admin({ superAdminValidity: '7d' }),
  ],
  profile: 'strict',
  keys: { authorities: 'ecdsa-p384', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
  validity: { authorities: 5 * 365 * day, leaves: 365 * day },
  backdate: 300,
  policies: [shortLives],
});

const emitters = [filesystem(), kubeconfig()];
const layout = nodesLayout();

/** Makes what is missing or has changed in a folder, and keeps the rest. Yields each credential once its files are written. */
export async function* update(folder: string): AsyncGenerator<Credential> {
  const output = openOutput({ folder, write: true });
  try {
    const existing = existingTree({ output, emitters });
    const { idle } = await survey({ plan, emitters, layout, existing, output, now: new Date() });
    if (idle) return;
    const tree = stagedTree(output, { cluster: plan.cluster.name, folderMode: layout.folderMode });
    yield* generate({ plan, emitters, layout, existing, tree });
  } finally {
    output.close();
  }
}
