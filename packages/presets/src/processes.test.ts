import { processes } from '@kubepki/core';
import test from 'ava';
import { assembled, etcdElsewhere, etcdOnItsOwn, oneNode, threeControlPlanes } from './_assembled.test.ts';

/** Flags and settings of each process on a node. */
function told(text: string, node: string) {
  const { plan, layout } = assembled(text);
  const found = processes(plan, layout).processes.filter((each) => each.node === node);
  return Object.fromEntries(found.map(({ process, flags, settings }) => [process, { ...flags, ...settings }]));
}

const etcdAt = {
  '--cert-file': '/etc/kubernetes/pki/etcd/server.crt',
  '--key-file': '/etc/kubernetes/pki/etcd/server.key',
  '--client-cert-auth': 'true',
  '--trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt',
  '--peer-cert-file': '/etc/kubernetes/pki/etcd/peer.crt',
  '--peer-key-file': '/etc/kubernetes/pki/etcd/peer.key',
  '--peer-client-cert-auth': 'true',
  '--peer-trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt',
};
const etcdClient = {
  '--etcd-cafile': '/etc/kubernetes/pki/etcd/ca.crt',
  '--etcd-certfile': '/etc/kubernetes/pki/apiserver-etcd-client.crt',
  '--etcd-keyfile': '/etc/kubernetes/pki/apiserver-etcd-client.key',
};
const apiserver = {
  '--tls-cert-file': '/etc/kubernetes/pki/apiserver.crt',
  '--tls-private-key-file': '/etc/kubernetes/pki/apiserver.key',
  '--client-ca-file': '/etc/kubernetes/pki/ca.crt',
  '--service-account-key-file': '/etc/kubernetes/pki/sa.pub',
  '--service-account-signing-key-file': '/etc/kubernetes/pki/sa.key',
  '--requestheader-client-ca-file': '/etc/kubernetes/pki/front-proxy-ca.crt',
  '--requestheader-allowed-names': 'front-proxy-client',
  '--requestheader-username-headers': 'X-Remote-User',
  '--requestheader-group-headers': 'X-Remote-Group',
  '--requestheader-extra-headers-prefix': 'X-Remote-Extra-',
  '--proxy-client-cert-file': '/etc/kubernetes/pki/front-proxy-client.crt',
  '--proxy-client-key-file': '/etc/kubernetes/pki/front-proxy-client.key',
  '--kubelet-client-certificate': '/etc/kubernetes/pki/apiserver-kubelet-client.crt',
  '--kubelet-client-key': '/etc/kubernetes/pki/apiserver-kubelet-client.key',
};
const checked = { '--kubelet-certificate-authority': '/etc/kubernetes/pki/ca.crt' };
const conf = (name: string) => ({
  '--kubeconfig': `/etc/kubernetes/${name}.conf`,
  '--authentication-kubeconfig': `/etc/kubernetes/${name}.conf`,
  '--authorization-kubeconfig': `/etc/kubernetes/${name}.conf`,
});
const controllerManager = {
  ...conf('controller-manager'),
  '--client-ca-file': '/etc/kubernetes/pki/ca.crt',
  '--root-ca-file': '/etc/kubernetes/pki/ca.crt',
  '--service-account-private-key-file': '/etc/kubernetes/pki/sa.key',
  '--requestheader-client-ca-file': '/etc/kubernetes/pki/front-proxy-ca.crt',
  '--cluster-signing-cert-file': '/etc/kubernetes/pki/ca.crt',
  '--cluster-signing-key-file': '/etc/kubernetes/pki/ca.key',
};
const kubelet = {
  '--kubeconfig': '/etc/kubernetes/kubelet.conf',
  'authentication.x509.clientCAFile': '/etc/kubernetes/pki/ca.crt',
  'authentication.anonymous.enabled': 'false',
  rotateCertificates: 'true',
};
const kubeletServing = {
  tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt',
  tlsPrivateKeyFile: '/var/lib/kubelet/pki/kubelet.key',
};
const kubeProxy = { '--kubeconfig': '/etc/kubernetes/kube-proxy.conf' };

test('Each process of a control plane is told of its files where they lie on the node', (t) => {
  const servers = 'https://10.0.0.11:2379,https://10.0.0.12:2379,https://10.0.0.13:2379';
  t.deepEqual(told(threeControlPlanes, 'cp-2'), {
    etcd: etcdAt,
    'kube-apiserver': { ...apiserver, ...checked, ...etcdClient, '--etcd-servers': servers },
    'kube-controller-manager': controllerManager,
    'kube-scheduler': conf('scheduler'),
    kubelet: { ...kubelet, ...kubeletServing },
    'kube-proxy': kubeProxy,
  });
});

test('A worker has a kubelet and kube-proxy, and a node that is etcd alone etcd', (t) => {
  t.deepEqual(told(etcdOnItsOwn, 'w-1'), { kubelet: { ...kubelet, ...kubeletServing }, 'kube-proxy': kubeProxy });
  t.deepEqual(told(etcdOnItsOwn, 'etcd-1'), { etcd: etcdAt });
  t.is(told(etcdOnItsOwn, 'cp-1').etcd, undefined);
  t.like(told(etcdOnItsOwn, 'cp-1')['kube-apiserver'], {
    ...etcdClient,
    '--etcd-servers': 'https://10.0.0.31:2379,https://10.0.0.32:2379',
  });
});

test('An API server that cannot check kubelets is told of no authority for them', (t) => {
  const found = told(`${oneNode}profile: kubeadm`, 'cp-1');
  t.deepEqual(found['kube-apiserver'], { ...apiserver, ...etcdClient, '--etcd-servers': 'https://10.0.0.11:2379' });
  t.deepEqual(found.kubelet, kubelet);
  t.is(found['kube-proxy'], undefined);
});

test('An etcd elsewhere is named by its addresses', (t) => {
  const text = `${etcdElsewhere}authorities: {etcd/ca: {certificate: e.crt, key: e.key}}`;
  t.like(told(text, 'cp-1')['kube-apiserver'], {
    ...etcdClient,
    '--etcd-servers': 'https://etcd-1.example.internal:2379,https://10.0.0.32:12379',
  });
});

test('In the simple form the serving certificate is what etcd and kubelets are shown, by its path in the folder', (t) => {
  const found = told(`${oneNode}layout: {tree: flat}\nauthorities: single\napiserverClients: serving`, 'cp-1');
  t.deepEqual(found['kube-apiserver'], {
    '--tls-cert-file': 'apiserver.crt',
    '--tls-private-key-file': 'apiserver.key',
    '--client-ca-file': 'ca.crt',
    '--service-account-key-file': 'sa.pub',
    '--service-account-signing-key-file': 'sa.key',
    '--requestheader-client-ca-file': 'ca.crt',
    '--requestheader-allowed-names': 'front-proxy-client',
    '--requestheader-username-headers': 'X-Remote-User',
    '--requestheader-group-headers': 'X-Remote-Group',
    '--requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    '--proxy-client-cert-file': 'front-proxy-client.crt',
    '--proxy-client-key-file': 'front-proxy-client.key',
    '--etcd-cafile': 'ca.crt',
    '--etcd-certfile': 'apiserver.crt',
    '--etcd-keyfile': 'apiserver.key',
    '--etcd-servers': 'https://10.0.0.11:2379',
    '--kubelet-certificate-authority': 'ca.crt',
    '--kubelet-client-certificate': 'apiserver.crt',
    '--kubelet-client-key': 'apiserver.key',
  });
  t.is(found.kubelet?.tlsCertFile, 'kubelet.crt');
});

test('No process is told two things by one flag', (t) => {
  for (const text of [oneNode, threeControlPlanes, etcdOnItsOwn, etcdElsewhere]) {
    for (const more of ['', 'profile: kubeadm', 'layout: {tree: flat}', 'authorities: single']) {
      const { plan, layout } = assembled(`${text}${more}`);
      t.deepEqual(processes(plan, layout).problems, []);
    }
  }
});
