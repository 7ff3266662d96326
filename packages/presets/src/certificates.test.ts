import { describe, parseCertificates, template } from '@kubepki/core';
import test from 'ava';
import { parse } from 'yaml';
import { assembled, made, oneNode, threeControlPlanes } from './_assembled.test.ts';

type Details = ReturnType<typeof describe>;
type Portrait = { readonly details: Details; readonly issuer: string };

/** Each certificate of a tree, by its path below a folder: what lies in PEM, and what a kubeconfig holds. */
async function portraits(text: string, folder: string): Promise<Readonly<Record<string, Portrait>>> {
  const tree = await made(text);
  const names = new Map<string, string>();
  const found = [...tree].flatMap(([path, content]) => certificatesIn(path, content));
  for (const { certificate, details } of found) {
    if (details.authority) names.set(hex(certificate.subject), nameOf(details));
  }
  return Object.fromEntries(
    found
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .map(({ path, certificate, details }) => {
        const issuer = names.get(hex(certificate.issuer)) ?? '?';
        return [path.slice(folder.length + 1), { details, issuer }];
      }),
  );
}

function certificatesIn(path: string, content: string) {
  const data = path.endsWith('.conf') ? parse(content).users[0].user['client-certificate-data'] : undefined;
  const pem = data === undefined ? content : Buffer.from(data, 'base64').toString();
  if (!pem.includes('BEGIN CERTIFICATE')) return [];
  return parseCertificates(pem, path).map((certificate) => ({ path, certificate, details: describe(certificate) }));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function nameOf({ subject }: Details): string {
  return subject.map(({ type, value }) => `${type}=${value}`).join(', ');
}

/** `SUBJECT | USAGES | NAMES | by ISSUER`, without what is empty. */
function row({ details, issuer }: Portrait): string {
  const { sans, extendedKeyUsage } = details;
  const names = [...sans.dns.map((name) => `DNS:${name}`), ...sans.ips.map((ip) => `IP:${ip}`), ...sans.others];
  return [nameOf(details), extendedKeyUsage.join(' '), names.join(' '), `by ${issuer}`].filter(Boolean).join(' | ');
}

async function rows(text: string, folder: string): Promise<Readonly<Record<string, string>>> {
  const all = await portraits(text, folder);
  return Object.fromEntries(Object.entries(all).map(([path, portrait]) => [path, row(portrait)]));
}

const service =
  'DNS:kubernetes DNS:kubernetes.default DNS:kubernetes.default.svc DNS:kubernetes.default.svc.cluster.local';
const ca = 'by CN=kubernetes';
const etcdCa = 'by CN=etcd-ca';
const frontProxyCa = 'by CN=front-proxy-ca';

test('strict: a control plane has every name and address, the loopback, and serving certificates for its kubelet', async (t) => {
  const member = `CN=cp-1 | serverAuth clientAuth | DNS:cp-1 DNS:cp-1.example.internal DNS:localhost IP:10.0.0.11 IP:fd00::11 IP:127.0.0.1 IP:::1 | ${etcdCa}`;
  t.deepEqual(await rows(threeControlPlanes, 'nodes/cp-1'), {
    'etc/kubernetes/pki/ca.crt': `CN=kubernetes | ${ca}`,
    'etc/kubernetes/pki/front-proxy-ca.crt': `CN=front-proxy-ca | ${frontProxyCa}`,
    'etc/kubernetes/pki/etcd/ca.crt': `CN=etcd-ca | ${etcdCa}`,
    'etc/kubernetes/pki/apiserver.crt': `CN=kube-apiserver | serverAuth | DNS:api.example.internal DNS:cp-1 DNS:cp-1.example.internal ${service} DNS:localhost IP:10.96.0.1 IP:fd00:10:96::1 IP:10.0.0.11 IP:fd00::11 IP:127.0.0.1 IP:::1 | ${ca}`,
    'etc/kubernetes/pki/apiserver-kubelet-client.crt': `CN=kube-apiserver-kubelet-client | clientAuth | ${ca}`,
    'etc/kubernetes/pki/apiserver-etcd-client.crt': `CN=kube-apiserver-etcd-client | clientAuth | ${etcdCa}`,
    'etc/kubernetes/pki/front-proxy-client.crt': `CN=front-proxy-client | clientAuth | ${frontProxyCa}`,
    'etc/kubernetes/pki/etcd/server.crt': member,
    'etc/kubernetes/pki/etcd/peer.crt': member,
    'etc/kubernetes/pki/etcd/healthcheck-client.crt': `CN=kube-etcd-healthcheck-client | clientAuth | ${etcdCa}`,
    'etc/kubernetes/controller-manager.conf': `CN=system:kube-controller-manager | clientAuth | ${ca}`,
    'etc/kubernetes/scheduler.conf': `CN=system:kube-scheduler | clientAuth | ${ca}`,
    'etc/kubernetes/kube-proxy.conf': `CN=system:kube-proxy | clientAuth | ${ca}`,
    'var/lib/kubelet/pki/kubelet-client.pem': `O=system:nodes, CN=system:node:cp-1 | clientAuth | ${ca}`,
    'var/lib/kubelet/pki/kubelet.crt': `O=system:nodes, CN=system:node:cp-1 | serverAuth | DNS:cp-1 DNS:cp-1.example.internal IP:10.0.0.11 IP:fd00::11 | ${ca}`,
  });
});

test('strict: a worker has its own identities and nothing else', async (t) => {
  t.deepEqual(await rows(threeControlPlanes, 'nodes/w-2'), {
    'etc/kubernetes/pki/ca.crt': `CN=kubernetes | ${ca}`,
    'etc/kubernetes/kube-proxy.conf': `CN=system:kube-proxy | clientAuth | ${ca}`,
    'var/lib/kubelet/pki/kubelet-client.pem': `O=system:nodes, CN=system:node:w-2 | clientAuth | ${ca}`,
    'var/lib/kubelet/pki/kubelet.crt': `O=system:nodes, CN=system:node:w-2 | serverAuth | DNS:w-2 DNS:w-2.example.internal IP:10.0.0.22 IP:fd00::22 | ${ca}`,
  });
});

test('strict: people are beside the nodes', async (t) => {
  const people = `${oneNode}users: [{name: jane, groups: [developers, on-call]}]`;
  t.deepEqual(await rows(people, 'users'), {
    'admin.conf': `O=kubeadm:cluster-admins, CN=kubernetes-admin | clientAuth | ${ca}`,
    'super-admin.conf': `O=system:masters, CN=kubernetes-super-admin | clientAuth | ${ca}`,
    'jane.conf': `O=on-call, O=developers, CN=jane | clientAuth | ${ca}`,
  });
});

test('strict: an authority signs certificates and lists alone, a leaf with ECDSA signs, one with RSA enciphers too', async (t) => {
  for (const keys of ['ecdsa-p256', 'rsa-2048']) {
    const text = `${oneNode}certificates: {apiserver: {keys: ${keys}}}`;
    const { 'apiserver.crt': leaf, 'ca.crt': authority } = await portraits(text, 'nodes/cp-1/etc/kubernetes/pki');
    t.like(authority?.details, {
      authority: true,
      pathLength: 0,
      keyUsage: ['keyCertSign', 'cRLSign'],
      subjectKeyId: true,
      authorityKeyId: false,
      otherExtensions: [],
    });
    t.like(leaf?.details, {
      authority: false,
      keyUsage: keys === 'rsa-2048' ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'],
      subjectKeyId: true,
      authorityKeyId: true,
      otherExtensions: [],
      keys,
      signatureAlgorithm: 'ecdsa-with-SHA256',
    });
  }
});

const kubeadm = (version: string) => `${threeControlPlanes.replace('1.37', version)}
profile: kubeadm
keys: ecdsa-p256
`;

test('kubeadm: the first control plane has what kubeadm init of 1.37 makes', async (t) => {
  const member = `CN=cp-1 | serverAuth clientAuth | DNS:cp-1 DNS:localhost IP:10.0.0.11 IP:127.0.0.1 IP:::1 | ${etcdCa}`;
  t.deepEqual(await rows(kubeadm('1.37'), 'nodes/cp-1/etc/kubernetes'), {
    'pki/ca.crt': `CN=kubernetes | DNS:kubernetes | ${ca}`,
    'pki/front-proxy-ca.crt': `CN=front-proxy-ca | DNS:front-proxy-ca | ${frontProxyCa}`,
    'pki/etcd/ca.crt': `CN=etcd-ca | DNS:etcd-ca | ${etcdCa}`,
    'pki/apiserver.crt': `CN=kube-apiserver | serverAuth | DNS:api.example.internal DNS:cp-1 ${service} IP:10.96.0.1 IP:10.0.0.11 | ${ca}`,
    'pki/apiserver-kubelet-client.crt': `CN=kube-apiserver-kubelet-client | clientAuth | ${ca}`,
    'pki/apiserver-etcd-client.crt': `CN=kube-apiserver-etcd-client | clientAuth | ${etcdCa}`,
    'pki/front-proxy-client.crt': `CN=front-proxy-client | clientAuth | ${frontProxyCa}`,
    'pki/etcd/server.crt': member,
    'pki/etcd/peer.crt': member,
    'pki/etcd/healthcheck-client.crt': `CN=kube-etcd-healthcheck-client | clientAuth | ${etcdCa}`,
    'admin.conf': `O=kubeadm:cluster-admins, CN=kubernetes-admin | clientAuth | ${ca}`,
    'super-admin.conf': `O=system:masters, CN=kubernetes-super-admin | clientAuth | ${ca}`,
    'kubelet.conf': `O=system:nodes, CN=system:node:cp-1 | clientAuth | ${ca}`,
    'controller-manager.conf': `CN=system:kube-controller-manager | clientAuth | ${ca}`,
    'scheduler.conf': `CN=system:kube-scheduler | clientAuth | ${ca}`,
  });
});

test('kubeadm: another control plane has an administrator and no super administrator, and its kubelet a file', async (t) => {
  const found = await rows(kubeadm('1.37'), 'nodes/cp-2');
  t.is(found['etc/kubernetes/admin.conf'], `O=kubeadm:cluster-admins, CN=kubernetes-admin | clientAuth | ${ca}`);
  t.is(found['etc/kubernetes/super-admin.conf'], undefined);
  t.is(found['etc/kubernetes/kubelet.conf'], undefined);
  t.is(found['var/lib/kubelet/pki/kubelet-client.pem'], `O=system:nodes, CN=system:node:cp-2 | clientAuth | ${ca}`);
});

test('kubeadm: key usages are the same whatever the key, and only authorities have a subject key id', async (t) => {
  const all = await portraits(kubeadm('1.37'), 'nodes/cp-1/etc/kubernetes');
  t.is(Object.keys(all).length, 15);
  for (const [path, { details }] of Object.entries(all)) {
    const authority = path.endsWith('ca.crt');
    const signs = authority ? ['keyCertSign'] : [];
    t.deepEqual(details.keyUsage, ['digitalSignature', 'keyEncipherment', ...signs], path);
    t.like(
      details,
      { authority, pathLength: undefined, subjectKeyId: authority, authorityKeyId: !authority, keys: 'ecdsa-p256' },
      path,
    );
    t.deepEqual(details.otherExtensions, [], path);
  }
});

const groups = test.macro({
  exec(t, version: string, expected: { admin: string; kubelets: string; etcd: string; superAdmin: boolean }) {
    const { plan } = assembled(`${oneNode}profile: kubeadm\nkubernetesVersion: "${version}"`);
    const subjects = plan.specs.flatMap((spec) =>
      spec.kind === 'leaf'
        ? [
            [
              spec.name,
              template(spec, plan)
                .subject.map(({ type, value }) => `${type}=${value}`)
                .join(', '),
            ],
          ]
        : [],
    );
    const of = Object.fromEntries(subjects);
    const named = (name: string, group: string) => (group === '' ? `CN=${name}` : `O=${group}, CN=${name}`);
    t.is(of.admin, named('kubernetes-admin', expected.admin));
    t.is(of['apiserver-kubelet-client'], named('kube-apiserver-kubelet-client', expected.kubelets));
    t.is(of['apiserver-etcd-client'], named('kube-apiserver-etcd-client', expected.etcd));
    t.is(of['etcd/healthcheck-client'], named('kube-etcd-healthcheck-client', expected.etcd));
    t.is('super-admin' in of, expected.superAdmin);
  },
  title: (_, version) => `kubeadm: the groups are those of ${version}`,
});

const masters = { admin: 'system:masters', kubelets: 'system:masters', etcd: 'system:masters', superAdmin: false };
const admins = { admin: 'kubeadm:cluster-admins', kubelets: 'kubeadm:cluster-admins', etcd: '', superAdmin: true };
const none = { ...admins, kubelets: '' };

test(groups, '1.28', masters);
test(groups, '1.29.0', admins);
test(groups, '1.32', admins);
test(groups, '1.33.11', admins);
test(groups, '1.33.12', none);
test(groups, '1.34.7', admins);
test(groups, '1.34.8', none);
test(groups, '1.35.4', admins);
test(groups, '1.35.5', none);
test(groups, '1.36.0', admins);
test(groups, '1.36.1', none);
test(groups, '1.37.0', none);
