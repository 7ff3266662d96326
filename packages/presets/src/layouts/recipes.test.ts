import test from 'ava';
import { assembled, oneNode, paths } from '../_assembled.test.ts';

test('The openssl recipe’s names are ca and server, and all is in one folder', (t) => {
  const found = paths(`${oneNode}layout: {tree: recipes}`);
  for (const path of ['ca.crt', 'ca.key', 'server.crt', 'server.key', 'service-account.key', 'service-account.pub'])
    t.true(found.includes(path), path);
  for (const path of ['etcd.crt', 'etcd-peer.crt', 'kubelet.crt', 'kube-scheduler.conf', 'kube-controller-manager.key'])
    t.true(found.includes(path), path);
  t.false(found.some((path) => /^(apiserver|sa)\./.test(path)));
  t.is(new Set(found).size, found.length);
});

test('The cfssl recipe’s are the same with pem', (t) => {
  const found = paths(`${oneNode}layout: {tree: recipes, names: pem}`);
  for (const path of ['ca.pem', 'ca-key.pem', 'server.pem', 'server-key.pem', 'kube-proxy.pem', 'admin-key.pem'])
    t.true(found.includes(path), path);
});

test('The documentation’s paths are those of every node, and its names are options', (t) => {
  const { plan } = assembled(`${oneNode}components:
  cluster-ca: {commonName: kubernetes-ca}
  front-proxy: {commonName: kubernetes-front-proxy-ca}`);
  const names = plan.specs.flatMap((spec) => (spec.kind === 'authority' ? [`${spec.name} ${spec.commonName}`] : []));
  t.deepEqual(names, ['ca kubernetes-ca', 'etcd/ca etcd-ca', 'front-proxy-ca kubernetes-front-proxy-ca']);
  const found = paths(oneNode);
  // kubernetes/website content/en/docs/setup/best-practices/certificates.md
  for (const path of [
    ...['ca', 'etcd/ca', 'front-proxy-ca', 'apiserver-etcd-client', 'apiserver', 'apiserver-kubelet-client'],
    ...['front-proxy-client', 'etcd/server', 'etcd/peer', 'etcd/healthcheck-client'],
  ])
    t.true(found.includes(`nodes/cp-1/etc/kubernetes/pki/${path}.crt`), path);
});
