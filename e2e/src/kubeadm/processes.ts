import type { Process } from '../harness/types.ts';

/** What the processes of a node read of a PKI that kubeadm made, written down by hand from its static pods. */
export function kubeadmProcesses(node: string): Process[] {
  const pki = '/etc/kubernetes/pki';
  const pair = (name: string, cert: string, key: string) => ({
    [`--${cert}`]: `${pki}/${name}.crt`,
    [`--${key}`]: `${pki}/${name}.key`,
  });
  const kubeconfigs = (name: string) => ({
    '--kubeconfig': `/etc/kubernetes/${name}.conf`,
    '--authentication-kubeconfig': `/etc/kubernetes/${name}.conf`,
    '--authorization-kubeconfig': `/etc/kubernetes/${name}.conf`,
  });
  const of = (process: string, flags: Process['flags'], settings = {}) => ({ node, process, flags, settings });
  return [
    of('etcd', {
      ...pair('etcd/server', 'cert-file', 'key-file'),
      ...pair('etcd/peer', 'peer-cert-file', 'peer-key-file'),
      '--trusted-ca-file': `${pki}/etcd/ca.crt`,
      '--peer-trusted-ca-file': `${pki}/etcd/ca.crt`,
      '--client-cert-auth': 'true',
      '--peer-client-cert-auth': 'true',
    }),
    of('kube-apiserver', {
      ...pair('apiserver', 'tls-cert-file', 'tls-private-key-file'),
      '--client-ca-file': `${pki}/ca.crt`,
      '--etcd-servers': 'https://127.0.0.1:2379',
      '--etcd-cafile': `${pki}/etcd/ca.crt`,
      ...pair('apiserver-etcd-client', 'etcd-certfile', 'etcd-keyfile'),
      ...pair('apiserver-kubelet-client', 'kubelet-client-certificate', 'kubelet-client-key'),
      '--requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
      '--requestheader-allowed-names': 'front-proxy-client',
      ...pair('front-proxy-client', 'proxy-client-cert-file', 'proxy-client-key-file'),
      '--service-account-key-file': `${pki}/sa.pub`,
      '--service-account-signing-key-file': `${pki}/sa.key`,
    }),
    of('kube-controller-manager', {
      ...kubeconfigs('controller-manager'),
      '--client-ca-file': `${pki}/ca.crt`,
      '--requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
      '--root-ca-file': `${pki}/ca.crt`,
      ...pair('ca', 'cluster-signing-cert-file', 'cluster-signing-key-file'),
      '--service-account-private-key-file': `${pki}/sa.key`,
    }),
    of('kube-scheduler', kubeconfigs('scheduler')),
    of(
      'kubelet',
      { '--kubeconfig': '/etc/kubernetes/kubelet.conf' },
      { 'authentication.x509.clientCAFile': `${pki}/ca.crt` },
    ),
  ];
}
