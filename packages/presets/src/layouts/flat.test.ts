import test from 'ava';
import { assembled, contents, etcdOnItsOwn, oneNode, paths } from '../_assembled.test.ts';
import { flatLayout } from '../index.ts';

const flat = 'layout: {tree: flat}';
const pair = (...names: readonly string[]) => names.flatMap((name) => [`${name}.crt`, `${name}.key`]);

test('One node has plain names in one folder, kubeconfigs beside them with their credentials inside', (t) => {
  t.deepEqual(
    paths(`${oneNode}${flat}`),
    [
      ...pair('ca', 'etcd-ca', 'front-proxy-ca', 'apiserver', 'apiserver-etcd-client', 'apiserver-kubelet-client'),
      ...pair('etcdserver', 'etcdpeer', 'etcd-healthcheck-client', 'front-proxy-client', 'kubelet', 'kubelet-client'),
      ...pair('admin', 'super-admin', 'controller-manager', 'scheduler', 'kubeproxy'),
      'sa.key',
      'sa.pub',
      'admin.conf',
      'super-admin.conf',
      'controller-manager.conf',
      'scheduler.conf',
      'kubelet.conf',
      'kubeproxy.conf',
      'manifests/rbac.yaml',
    ].sort(),
  );
  t.true(
    contents(`${oneNode}${flat}`).includes(
      '0600 kubelet.conf: ca certificate, kubelet/client@cp-1 certificate, kubelet/client@cp-1 key',
    ),
  );
});

test('With one authority for all and no clients of its own it is the simple form', (t) => {
  t.deepEqual(
    paths(`${oneNode}${flat}\nauthorities: single\napiserverClients: serving`),
    [
      ...pair('ca', 'apiserver', 'etcdserver', 'etcdpeer', 'etcd-healthcheck-client', 'front-proxy-client', 'kubelet'),
      ...pair('kubelet-client', 'admin', 'super-admin', 'controller-manager', 'scheduler', 'kubeproxy'),
      'sa.key',
      'sa.pub',
      'admin.conf',
      'super-admin.conf',
      'controller-manager.conf',
      'scheduler.conf',
      'kubelet.conf',
      'kubeproxy.conf',
      'manifests/rbac.yaml',
    ].sort(),
  );
});

test('Where there are several of a name each has its node behind it, and what is there once has not', (t) => {
  t.deepEqual(
    paths(`${etcdOnItsOwn}${flat}`),
    [
      ...pair('ca', 'etcd-ca', 'front-proxy-ca', 'apiserver', 'apiserver-etcd-client', 'apiserver-kubelet-client'),
      ...pair('front-proxy-client', 'admin', 'super-admin', 'controller-manager', 'scheduler'),
      ...['etcd-1', 'etcd-2'].flatMap((node) =>
        pair(`etcdserver-${node}`, `etcdpeer-${node}`, `etcd-healthcheck-client-${node}`),
      ),
      ...['cp-1', 'w-1'].flatMap((node) => [
        ...pair(`kubelet-${node}`, `kubelet-client-${node}`, `kubeproxy-${node}`),
        `kubelet-${node}.conf`,
        `kubeproxy-${node}.conf`,
      ]),
      'sa.key',
      'sa.pub',
      'admin.conf',
      'super-admin.conf',
      'controller-manager.conf',
      'scheduler.conf',
      'manifests/rbac.yaml',
    ].sort(),
  );
});

test('With names: pem every pair is x.pem and x-key.pem', (t) => {
  const found = paths(`${oneNode}layout: {tree: flat, names: pem}`);
  t.false(found.some((path) => /\.(crt|key)$/.test(path)));
  for (const path of [
    'ca.pem',
    'ca-key.pem',
    'etcdserver.pem',
    'etcdserver-key.pem',
    'sa-key.pem',
    'sa.pub',
    'admin.conf',
  ]) {
    t.true(found.includes(path), path);
  }
});

test('People, Secrets and what belongs to no node lie beside the rest', (t) => {
  const more = `${oneNode}${flat}
components: {etcd-clients: true, webhook: {services: [{name: policy}]}}
users: [{name: jane}]
`;
  const known = new Set(paths(`${oneNode}${flat}`));
  t.deepEqual(
    paths(more).filter((path) => !known.has(path)),
    [
      'etcd-backup-client.crt',
      'etcd-backup-client.key',
      'user-jane.conf',
      'user-jane.crt',
      'user-jane.key',
      'webhook-kube-system-policy.crt',
      'webhook-kube-system-policy.key',
    ],
  );
});

test('What processes share is the file of the authority itself', (t) => {
  const { plan, layout } = assembled(`${oneNode}${flat}\nauthorities: {etcd/peer: front-proxy-ca}`);
  const place = (use: string, part: 'trust' | 'certificate' | 'key' | 'public') =>
    layout.shared({ use, part, node: 'cp-1' }, plan);
  t.is(place('cluster/client', 'trust'), 'ca.crt');
  t.is(place('cluster/client', 'key'), 'ca.key');
  t.is(place('etcd/client', 'trust'), 'etcd-ca.crt');
  t.is(place('etcd/peer', 'trust'), 'front-proxy-ca.crt');
  t.is(place('sa', 'public'), 'sa.pub');
  t.is(place('sa', 'key'), 'sa.key');
});

test('While several are trusted the bundle is a file of its own, and what signs stays where it is', (t) => {
  const { plan, layout } = assembled(`${oneNode}${flat}`);
  const rotating = { ...plan, uses: { ...plan.uses, 'etcd/client': { signs: 'etcd/ca', trusts: ['ca', 'etcd/ca'] } } };
  const place = (part: 'trust' | 'certificate' | 'key') =>
    layout.shared({ use: 'etcd/client', part, node: 'cp-1' }, rotating);
  t.is(place('trust'), 'etcd-ca-bundle.crt');
  t.is(place('certificate'), 'etcd-ca.crt');
  t.is(place('key'), 'etcd-ca.key');
});

test('What is trusted and what signs can be two authorities', (t) => {
  const { plan } = assembled(oneNode);
  const changed = { ...plan, uses: { ...plan.uses, 'etcd/client': { signs: 'ca', trusts: ['etcd/ca'] } } };
  const place = (part: 'trust' | 'certificate') =>
    flatLayout().shared({ use: 'etcd/client', part, node: 'cp-1' }, changed);
  t.is(place('trust'), 'etcd-ca.crt');
  t.is(place('certificate'), 'ca.crt');
});

test('It is not laid out as nodes are, and its folders are closed', (t) => {
  t.is(flatLayout().installed('ca.crt'), undefined);
  t.is(flatLayout().folderMode('manifests'), 0o700);
});
