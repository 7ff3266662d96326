import { type Cluster, etcdNodes, type FileRef, urlOf } from '@kubepki/core';

type Flags = Readonly<Record<string, string | FileRef>>;

const serving: Flags = {
  '--tls-cert-file': { part: 'certificate' },
  '--tls-private-key-file': { part: 'key' },
  '--client-ca-file': { of: 'cluster/client', part: 'trust', rereads: true },
  '--service-account-key-file': { of: 'sa', part: 'public' },
  '--service-account-signing-key-file': { of: 'sa', part: 'key' },
};

const frontProxy: Flags = {
  '--requestheader-client-ca-file': { of: 'front-proxy/client', part: 'trust', rereads: true },
  '--requestheader-allowed-names': 'front-proxy-client',
  '--requestheader-username-headers': 'X-Remote-User',
  '--requestheader-group-headers': 'X-Remote-Group',
  '--requestheader-extra-headers-prefix': 'X-Remote-Extra-',
};

const etcd: Flags = {
  '--etcd-cafile': { to: 'etcd/server', part: 'trust' },
  '--etcd-certfile': { part: 'certificate' },
  '--etcd-keyfile': { part: 'key' },
};

const kubelet: Flags = {
  '--kubelet-certificate-authority': { to: 'kubelet/server', part: 'trust' },
  '--kubelet-client-certificate': { part: 'certificate' },
  '--kubelet-client-key': { part: 'key' },
};

/** Where etcd's members are, so far as the cluster says. */
function etcdServers(cluster: Cluster): Flags {
  const members =
    cluster.etcd === 'nodes'
      ? etcdNodes(cluster).flatMap(({ ips }) => (ips[0] === undefined ? [] : [{ host: ips[0], port: 2379 }]))
      : cluster.etcd.external;
  return members.length === 0 ? {} : { '--etcd-servers': members.map(urlOf).join(',') };
}

export const flags = { serving, frontProxy, etcd, kubelet, etcdServers };
