import { PkiError } from '@kubepki/core';
import test from 'ava';
import { assembled } from '../testing/old.ts';
import { kubeadmTextOf } from './from-kubeadm.ts';

const init = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  name: CP-1
  criSocket: unix:///var/run/containerd/containerd.sock
localAPIEndpoint:
  advertiseAddress: 10.0.0.11
  bindPort: 7443
`;
const cluster = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.2
clusterName: blue
controlPlaneEndpoint: api.example.com:8443
certificatesDir: /etc/kubernetes/pki
encryptionAlgorithm: ECDSA-P384
certificateValidityPeriod: 720h0m0s
caCertificateValidityPeriod: 87600h0m0s
networking:
  dnsDomain: k8s.example.org
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/16,fd00:96::/112
apiServer:
  certSANs: [kube.example.com, "2001:db8::7"]
  extraArgs:
    - {name: audit-log-path, value: /var/log/audit}
etcd:
  local:
    dataDir: /var/lib/etcd
    serverCertSANs: [etcd.example.com]
    peerCertSANs: [192.0.2.8]
`;

const meaning = (text: string) => assembled(kubeadmTextOf(text, 'kubeadm.yaml').text).plan;

test("What concerns the PKI in kubeadm's configuration becomes a cluster file", (t) => {
  const { text, warnings } = kubeadmTextOf(`${init}---\n${cluster}`, 'kubeadm.yaml');
  t.deepEqual(warnings, []);
  t.is(
    text.replace(/^#.*\n/gm, ''),
    `
name: blue

profile: kubeadm

kubernetesVersion: "1.34.2"

nodes:
  - name: cp-1
    roles: [control-plane]
    addresses: [10.0.0.11]

controlPlaneEndpoint: api.example.com:8443

dnsDomain: k8s.example.org

serviceSubnets: ["10.96.0.0/16", "fd00:96::/112"]

keys: ecdsa-p384

validity: {leaves: "720h0m0s"}

components:
  apiserver: {port: 7443, sans: [kube.example.com, "2001:db8::7"]}
  etcd: {serverSans: [etcd.example.com], peerSans: ["192.0.2.8"]}
`
      .replaceAll('"10.96.0.0/16"', '10.96.0.0/16')
      .replaceAll('"192.0.2.8"', '192.0.2.8'),
  );
});

test('Nodes that join are nodes too', (t) => {
  const join = (name: string, more: string) =>
    `---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\nnodeRegistration: {name: ${name}}\n${more}`;
  const plan = meaning(
    `${init}${join('cp-2', 'controlPlane: {localAPIEndpoint: {advertiseAddress: 10.0.0.12}}\n')}${join('w-1', 'discovery: {}\n')}`,
  );
  t.deepEqual(
    plan.cluster.nodes.map(({ name, roles, ips }) => [name, ...roles, ...ips]),
    [
      ['cp-1', 'control-plane', '10.0.0.11'],
      ['cp-2', 'control-plane', '10.0.0.12'],
      ['w-1', 'worker'],
    ],
  );
});

test('The ConfigMap kubeadm-config is read, and names no node', (t) => {
  const map = (data: string) =>
    `apiVersion: v1\ndata:\n  ClusterConfiguration: |\n${data.replace(/^/gm, '    ')}\nkind: ConfigMap\nmetadata: {name: kubeadm-config}\n`;
  const { text, warnings } = kubeadmTextOf(map(cluster), 'stdin');
  t.deepEqual(
    warnings.map(({ where }) => where),
    ['nodes'],
  );
  t.regex(text, /# An example: the configuration names no node\. Write the real ones here\.\nnodes:/);
  t.is(assembled(text).plan.cluster.name, 'blue');
});

test('v1beta3 is read, with its gate for ECDSA', (t) => {
  const old = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: 1.30
featureGates: {PublicKeysECDSA: true}
etcd: {external: {endpoints: ["https://192.0.2.21:2379"], caFile: a, certFile: b, keyFile: c}}
apiServer: {extraArgs: {client-ca-file: /x.crt, audit-log-path: /y}}
`;
  const { text, warnings } = kubeadmTextOf(`${init.replace('v1beta4', 'v1beta3')}---\n${old}`, 'kubeadm.yaml');
  const { cluster: facts, specs } = assembled(text).plan;
  t.deepEqual(facts.version, { minor: 30, patch: 14 });
  t.deepEqual(facts.etcd, { external: [{ host: '192.0.2.21', port: 2379 }] });
  t.is(specs.find(({ id }) => id === 'apiserver@cp-1')?.kind, 'leaf');
  t.regex(text, /^keys: ecdsa-p256$/m);
  t.deepEqual(
    warnings.map(({ where }) => where),
    ['ClusterConfiguration.apiServer.extraArgs.client-ca-file'],
  );
});

test('What is not understood is a warning each', (t) => {
  const strange = `${cluster.replace('certificatesDir: /etc/kubernetes/pki', 'certificatesDir: /srv/pki').replace('ECDSA-P384', 'ML-DSA-65')}quorum: 3\n`;
  const { warnings } = kubeadmTextOf(
    `${init}---\n${strange.replace('  local:', '  local:\n    snapshots: true')}`,
    'kubeadm.yaml',
  );
  t.deepEqual(
    warnings.map(({ where }) => where),
    [
      'ClusterConfiguration.etcd.local.snapshots',
      'ClusterConfiguration.quorum',
      'ClusterConfiguration.certificatesDir',
      'ClusterConfiguration.encryptionAlgorithm',
    ],
  );
});

test('What is no configuration of kubeadm, and what makes no cluster file, is refused', (t) => {
  const refused = (text: string) =>
    t.throws<PkiError>(() => kubeadmTextOf(text, 'x.yaml'), { instanceOf: PkiError })?.code;
  t.is(refused('kind: Deployment\n'), 'INIT_KUBEADM');
  t.is(refused('just: text\n'), 'INIT_KUBEADM');
  t.is(refused('kind: ConfigMap\ndata: {x: y}\n'), 'INIT_KUBEADM');
  t.is(refused('{'), 'YAML_INVALID');
  t.is(refused(`${init}---\n${cluster.replace('k8s.example.org', '"-"')}`), 'INIT_UNDESCRIBED');
});
