import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { joinPhases, runKubeadm } from './kubeadm/kubeadm.ts';
import { kubeadmPki, kubepki } from './kubepki.ts';
import { configurations, node } from './parity/configurations.ts';
import { readKubeconfig } from './parity/kubeconfig.ts';
import { portrait } from './parity/portrait.ts';
import { findParts, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const { kubeadm = '', kubectl = '', ...rest } = findParts();
const reason = skipReason({ kubeadm, kubectl, ...rest }, ['kubeadm', 'kubectl']);
if (reason) console.log(`Nothing is compared with kubeadm: ${reason}`);

const pki = 'etc/kubernetes/pki';
const pairs = ['ca', 'front-proxy-ca', 'etcd/ca'].flatMap((name) => [`${name}.crt`, `${name}.key`]);
const sharedFiles = [...pairs, 'sa.key', 'sa.pub'];

const comparing = reason ? test.skip : test;

for (const configuration of configurations) {
  comparing(`kubepki makes what kubeadm makes with ${configuration.title}`, (t) => {
    const folder = scratch(t);
    const { address = '10.0.0.11', port, validity, kubeadm: cluster } = configuration;
    const localAPIEndpoint = { advertiseAddress: address, ...(port && { bindPort: port }) };
    runKubeadm(kubeadm, join(folder, 'kubeadm'), { node, localAPIEndpoint, ...(cluster && { cluster }) });
    generate(folder, { nodes: [{ name: node, addresses: [address] }], ...configuration.kubepki });
    t.deepEqual(look(folder, `pki/current/nodes/${node}`, validity), look(folder, 'kubeadm', validity));
  });
}

comparing('The app kubeadm-pki makes what kubeadm makes with its defaults', (t) => {
  const folder = scratch(t);
  runKubeadm(kubeadm, join(folder, 'kubeadm'), { node, localAPIEndpoint: { advertiseAddress: '10.0.0.11' } });
  kubeadmPki([node, '10.0.0.11', 'pki'], { cwd: folder });
  t.deepEqual(look(folder, `pki/current/nodes/${node}`), look(folder, 'kubeadm'));
});

comparing('The first of several control planes has what kubeadm init makes, another what kubeadm join makes', (t) => {
  const folder = scratch(t);
  const cluster = { controlPlaneEndpoint: 'api.example.com:6443', encryptionAlgorithm: 'ECDSA-P256' };
  const at = (advertiseAddress: string) => ({ localAPIEndpoint: { advertiseAddress }, cluster });
  runKubeadm(kubeadm, join(folder, 'cp-1'), { node, ...at('10.0.0.11') });
  for (const shared of sharedFiles) cpSync(join(folder, 'cp-1', pki, shared), join(folder, 'cp-2', pki, shared));
  runKubeadm(kubeadm, join(folder, 'cp-2'), { node: 'cp-2', ...at('10.0.0.12') }, joinPhases);
  makeThree(folder);
  t.deepEqual(look(folder, 'pki/current/nodes/cp-1'), look(folder, 'cp-1'));
  const { 'kubelet.conf': _, ...joined } = look(folder, 'pki/current/nodes/cp-2');
  t.deepEqual(joined, look(folder, 'cp-2'));
});

comparing('Nodes that joined have kubelet.conf by path, to the local server or to the endpoint', (t) => {
  const folder = scratch(t);
  makeThree(folder);
  const servers = { 'cp-2': 'https://10.0.0.12:6443', 'w-1': 'https://api.example.com:6443' };
  for (const [name, server] of Object.entries(servers)) {
    const file = join(folder, 'pki/current/nodes', name, 'etc/kubernetes/kubelet.conf');
    const { clusters, users } = readKubeconfig(kubectl, file);
    t.deepEqual(
      clusters.map((each) => each.cluster.server),
      [server],
    );
    const current = '/var/lib/kubelet/pki/kubelet-client-current.pem';
    t.deepEqual(
      users.map((each) => each.user),
      [{ 'client-certificate': current, 'client-key': current }],
    );
  }
});

function look(folder: string, root: string, validity = 365 * 86400) {
  return portrait(join(folder, root, 'etc/kubernetes'), { kubectl, validity });
}

function makeThree(folder: string) {
  const nodes = [
    { name: node, roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'cp-2', roles: ['control-plane'], addresses: ['10.0.0.12'] },
    { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.31'] },
  ];
  generate(folder, { keys: 'ecdsa-p256', controlPlaneEndpoint: 'api.example.com', nodes });
}

function generate(folder: string, cluster: object) {
  const file = { kubernetesVersion: '1.37.2', profile: 'kubeadm', ...cluster };
  writeFileSync(join(folder, 'cluster.yaml'), JSON.stringify(file));
  kubepki(['generate', '-o', 'pki'], { cwd: folder });
}
