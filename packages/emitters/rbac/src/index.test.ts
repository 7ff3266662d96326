import {
  authority,
  type Binding,
  type Cluster,
  client,
  defineComponent,
  generate,
  type Layout,
  makePlan,
  memoryTree,
  PkiError,
  type Plan,
  planFiles,
} from '@kubepki/core';
import { testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { z } from 'zod';
import { rbac } from './index.ts';

testEmitter(test, rbac, { options: [{ path: 'rbac.yaml' }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
  ],
  etcd: 'nodes',
};

const layout: Layout = {
  path: () => undefined,
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o700,
};

const admins: Binding = {
  binding: 'kubeadm:cluster-admins',
  clusterRole: 'cluster-admin',
  to: { kind: 'Group', name: 'kubeadm:cluster-admins' },
};
const kubelets: Binding = {
  binding: 'kubeadm:apiserver-kubelet-client',
  clusterRole: 'system:kubelet-api-admin',
  to: { kind: 'User', name: 'kube-apiserver-kubelet-client' },
};

/** A plan with the bindings: those of the cluster, and those of each node. */
function planOf({
  shared = [admins],
  node = [kubelets],
}: {
  shared?: readonly Binding[];
  node?: readonly Binding[];
} = {}): Plan {
  const small = defineComponent({
    name: 'small',
    options: z.strictObject({}),
    *plan() {
      yield authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client'] });
      yield client({ name: 'admin', issuer: 'cluster/client', commonName: 'kubernetes-admin', bindings: shared });
      for (const { name } of cluster.nodes) {
        yield client({ name: 'one', node: name, issuer: 'cluster/client', commonName: 'one', bindings: node });
      }
    },
  });
  return makePlan({
    cluster,
    components: [small()],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3_600 },
    backdate: 300,
  });
}

function filesOf(plan: Plan, options?: Parameters<typeof rbac>[0]) {
  return [...planFiles({ plan, emitters: [rbac(options)], layout })].map(({ file }) => file);
}

test('One manifest has each binding of the plan once, is no secret and holds no credential', (t) => {
  t.deepEqual(filesOf(planOf()), [
    { path: 'manifests/rbac.yaml', mode: 0o644, secret: false, holds: [], content: [admins, kubelets] },
  ]);
});

test('The file is plain data and the same each time', (t) => {
  const files = filesOf(planOf());
  t.deepEqual(JSON.parse(JSON.stringify(files)), files);
  t.deepEqual(filesOf(planOf()), files);
});

test('Its text is a ClusterRoleBinding a document, with every string quoted', async (t) => {
  const tree = memoryTree();
  for await (const _ of generate({ plan: planOf(), emitters: [rbac()], layout, tree }));
  t.deepEqual([...tree.files.keys()], ['manifests/rbac.yaml']);
  t.is(
    tree.files.get('manifests/rbac.yaml')?.text,
    `apiVersion: "rbac.authorization.k8s.io/v1"
kind: "ClusterRoleBinding"
metadata:
  name: "kubeadm:cluster-admins"
roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "ClusterRole"
  name: "cluster-admin"
subjects:
- apiGroup: "rbac.authorization.k8s.io"
  kind: "Group"
  name: "kubeadm:cluster-admins"
---
apiVersion: "rbac.authorization.k8s.io/v1"
kind: "ClusterRoleBinding"
metadata:
  name: "kubeadm:apiserver-kubelet-client"
roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "ClusterRole"
  name: "system:kubelet-api-admin"
subjects:
- apiGroup: "rbac.authorization.k8s.io"
  kind: "User"
  name: "kube-apiserver-kubelet-client"
`,
  );
});

test('The file is of the cluster, and of no node', (t) => {
  const plan = planOf({ shared: [] });
  const { specs } = plan;
  t.deepEqual(
    [...rbac().files({ specs }, { plan, layout })].map(({ path }) => path),
    ['manifests/rbac.yaml'],
  );
  t.deepEqual([...rbac().files({ node: 'cp-1', specs }, { plan, layout })], []);
});

test('There is no file where nothing needs a binding', (t) => {
  t.deepEqual(filesOf(planOf({ shared: [], node: [] })), []);
});

test('The manifest can lie elsewhere', (t) => {
  t.deepEqual(
    filesOf(planOf(), { path: 'rbac/bindings.yaml' }).map(({ path }) => path),
    ['rbac/bindings.yaml'],
  );
});

test('It holds nothing to read back', (t) => {
  const [file] = filesOf(planOf());
  if (file === undefined || 'link' in file) return t.fail();
  t.deepEqual(rbac().read?.('', file), []);
});

test('Two bindings of one name that differ are an error that shows both', (t) => {
  const other: Binding = { ...admins, to: { kind: 'User', name: 'jane' } };
  const error = t.throws(() => filesOf(planOf({ node: [other] })), { instanceOf: PkiError, code: 'BINDING_TWICE' });
  t.is(
    error?.message,
    'emitter rbac: kubeadm:cluster-admins binds the Group kubeadm:cluster-admins to cluster-admin and the User jane to cluster-admin',
  );
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => rbac.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('A path that is no text is refused', refuses, { path: true }, 'emitter rbac.path');
test('An unknown option is refused', refuses, { namespace: 'x' }, 'emitter rbac');
