import { existsSync } from 'node:fs';
import { admin } from '@kubepki/component-admin';
import { apiserver } from '@kubepki/component-apiserver';
import { clusterCa } from '@kubepki/component-cluster-ca';
import { controllerManager } from '@kubepki/component-controller-manager';
import { frontProxy } from '@kubepki/component-front-proxy';
import { kubelet } from '@kubepki/component-kubelet';
import { scheduler } from '@kubepki/component-scheduler';
import { serviceAccount } from '@kubepki/component-service-account';
import { type Cluster, generate, makePlan, PkiError } from '@kubepki/core';
import { filesystem } from '@kubepki/emitter-filesystem';
import { kubeconfig } from '@kubepki/emitter-kubeconfig';
import { secrets } from '@kubepki/emitter-secrets';
import { nodesLayout } from '@kubepki/presets';
import { apiService, metricsServer } from 'kubepki-component-metrics-server';
import { check } from './check.ts';
import { house } from './house.ts';
import { flagFiles, nodeTars } from './node-files.ts';

const cluster: Cluster = {
  name: 'lab',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.k8s.example.internal', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: ['cp-1.k8s.example.internal'] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: ['w-1.k8s.example.internal'] },
  ],
  // Kine, behind a socket of its own: etcd needs no certificate here.
  etcd: { external: [] },
};

async function install(folder: string, sans: string[]): Promise<void> {
  if (existsSync(folder)) throw new PkiError('FOLDER_TAKEN', `${folder} is there`, { hint: 'name a new folder' });
  const plan = makePlan({
    cluster,
    components: [
      clusterCa({ commonName: 'lab-ca' }),
      frontProxy({ commonName: 'lab-front-proxy-ca' }),
      serviceAccount(),
      apiserver({ sans: ['api.k8s.example.internal', ...sans], clients: { etcd: 'none' } }),
      controllerManager({ signsRequests: false }),
      scheduler(),
      kubelet(),
      admin({ superAdminValidity: '7d' }),
      metricsServer({ namespace: 'monitoring' }),
    ],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 3650 * 86_400, leaves: 365 * 86_400 },
    backdate: 300,
    policies: [house],
  });
  const emitters = [filesystem(), kubeconfig(), secrets(), apiService(), flagFiles];
  const tree = nodeTars(folder);
  let done = 0;
  // Nothing runs unless it is read, so reading is all there is to progress.
  for await (const { spec } of generate({ plan, emitters, layout: nodesLayout(), tree })) {
    console.error(`${++done}/${plan.specs.length} ${spec.id}`);
  }
  console.log(`${folder}: ${await check(folder)} certificates, each with its key and its authority`);
}

const [folder, ...sans] = process.argv.slice(2);
try {
  if (folder === undefined) throw new PkiError('USAGE', 'usage: npm start -- FOLDER [NAME...]', { fault: 'usage' });
  await install(folder, sans);
} catch (error) {
  if (!(error instanceof PkiError)) throw error;
  console.error(`error: ${error.message}${error.hint === undefined ? '' : `\nhint: ${error.hint}`}`);
  for (const { where, message, hint } of error.problems) console.error(`  ${where}: ${message} (${hint})`);
  process.exitCode = { usage: 64, input: 65, system: 74, busy: 75 }[error.fault];
}
