import type { KubeadmConfig } from '../kubeadm/kubeadm.ts';

/** One cluster in both languages. Where a field is missing, both have their own default for it. */
export type Configuration = {
  readonly title: string;
  /** The first node's address. */
  readonly address?: string;
  readonly port?: number;
  readonly kubeadm?: KubeadmConfig['cluster'];
  readonly kubepki?: Readonly<Record<string, unknown>>;
  /** Of leaves, in seconds. */
  readonly validity?: number;
};

export const node = 'cp-1';

export const configurations: readonly Configuration[] = [
  { title: 'its defaults, which are RSA-2048' },
  { title: 'ECDSA-P256', ...p256({}, {}) },
  { title: 'ECDSA-P384', kubeadm: { encryptionAlgorithm: 'ECDSA-P384' }, kubepki: { keys: 'ecdsa-p384' } },
  {
    title: 'more names and addresses in its servers',
    ...p256(
      {
        apiServer: { certSANs: ['API.example.com', '192.0.2.7', '2001:db8::7', 'cp-1', '*.apps.example.com'] },
        etcd: { local: { serverCertSANs: ['etcd.example.com', '192.0.2.8'], peerCertSANs: ['peer.example.com'] } },
      },
      {
        components: {
          apiserver: { sans: ['API.example.com', '192.0.2.7', '2001:db8::7', 'cp-1', '*.apps.example.com'] },
          etcd: { serverSans: ['etcd.example.com', '192.0.2.8'], peerSans: ['peer.example.com'] },
        },
      },
    ),
  },
  {
    title: 'another DNS domain and another name',
    ...p256(
      { clusterName: 'blue', networking: { dnsDomain: 'k8s.example.org' } },
      { name: 'blue', dnsDomain: 'k8s.example.org' },
    ),
  },
  {
    title: 'dual stack',
    ...p256(
      { networking: { serviceSubnet: '10.96.0.0/16,fd00:96::/112' } },
      {
        serviceSubnets: ['10.96.0.0/16', 'fd00:96::/112'],
        nodes: [{ name: node, addresses: ['10.0.0.11', 'fd00:10::11'] }],
      },
    ),
  },
  {
    title: 'dual stack with IPv6 first',
    address: 'fd00:10::11',
    ...p256(
      { networking: { serviceSubnet: 'fd00:96::/112,10.96.0.0/16' } },
      {
        serviceSubnets: ['fd00:96::/112', '10.96.0.0/16'],
        nodes: [{ name: node, addresses: ['fd00:10::11', '10.0.0.11'] }],
      },
    ),
  },
  {
    title: 'IPv6 alone',
    address: 'fd00:10::11',
    ...p256({ networking: { serviceSubnet: 'fd00:96::/112' } }, { serviceSubnets: ['fd00:96::/112'] }),
  },
  {
    title: 'other lives',
    validity: 720 * 3600,
    ...p256(
      { certificateValidityPeriod: '720h', caCertificateValidityPeriod: '43800h' },
      { validity: { leaves: '720h', authorities: '43800h' } },
    ),
  },
  {
    title: 'etcd elsewhere',
    ...p256(
      {
        etcd: {
          external: {
            endpoints: ['https://192.0.2.21:2379'],
            caFile: '/etc/kubernetes/pki/etcd/ca.crt',
            certFile: '/etc/kubernetes/pki/apiserver-etcd-client.crt',
            keyFile: '/etc/kubernetes/pki/apiserver-etcd-client.key',
          },
        },
      },
      { etcd: 'external' },
    ),
  },
  {
    title: 'a named endpoint with a port of its own',
    ...p256({ controlPlaneEndpoint: 'api.example.com:8443' }, { controlPlaneEndpoint: 'api.example.com:8443' }),
  },
  {
    title: 'an endpoint that is an address, and another port',
    port: 7443,
    ...p256(
      { controlPlaneEndpoint: '192.0.2.1' },
      { controlPlaneEndpoint: '192.0.2.1', components: { apiserver: { port: 7443 } } },
    ),
  },
];

function p256(kubeadm: NonNullable<Configuration['kubeadm']>, kubepki: NonNullable<Configuration['kubepki']>) {
  return { kubeadm: { encryptionAlgorithm: 'ECDSA-P256', ...kubeadm }, kubepki: { keys: 'ecdsa-p256', ...kubepki } };
}
