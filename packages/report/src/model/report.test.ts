import test from 'ava';
import { cp, example, hostilePlan, large, now, one, planOf, several, worker } from '../testing/plans.ts';
import { type Report, reportOf } from './report.ts';

/** The lines of a drawing as `process row → process row`. */
function linesOf({ drawing }: Report): readonly string[] {
  const rows = new Map(
    drawing.frames.flatMap(({ title, boxes }) =>
      boxes.flatMap((box) => box.rows.map((row) => [row.key, `${title}: ${box.title} ${row.label}`] as const)),
    ),
  );
  return drawing.lines.map(
    ({ from, to, at, authority }) => `${rows.get(from)} → ${rows.get(to)} ${at} by ${authority}`,
  );
}

const kindOf = ({ kinds }: Report, name: string) => kinds.find((kind) => kind.name === name);

test('A drawing says who connects to whom with which certificate, nodes of a kind as one', (t) => {
  const report = reportOf({ plan: example, now });
  t.deepEqual(
    report.drawing.frames.map(({ title, names }) => [title, names.length]),
    [
      ['People', 0],
      ['3 control plane nodes', 3],
      ['2 worker nodes', 2],
    ],
  );
  const [cps, workers] = ['3 control plane nodes', '2 worker nodes'];
  t.deepEqual(
    linesOf(report).toSorted(),
    [
      `${cps}: etcd etcd/peer → ${cps}: etcd etcd/peer each by etcd/ca`,
      `${cps}: etcd etcd/server → ${cps}: etcd etcd/server local by etcd/ca`,
      `${cps}: kube-apiserver apiserver-etcd-client → ${cps}: etcd etcd/server each by etcd/ca`,
      `${cps}: kube-apiserver apiserver-kubelet-client → ${workers}: kubelet kubelet/server each by ca`,
      `${cps}: kube-apiserver apiserver-kubelet-client → ${cps}: kubelet kubelet/server each by ca`,
      `${cps}: kube-controller-manager controller-manager → ${cps}: kube-apiserver apiserver local by ca`,
      `${cps}: kube-etcd-healthcheck-client etcd/healthcheck-client → ${cps}: etcd etcd/server local by etcd/ca`,
      `${cps}: kube-proxy kube-proxy → ${cps}: kube-apiserver apiserver local by ca`,
      `${cps}: kube-scheduler scheduler → ${cps}: kube-apiserver apiserver local by ca`,
      `${cps}: kubelet kubelet/client → ${cps}: kube-apiserver apiserver local by ca`,
      `People: kubernetes-admin admin → ${cps}: kube-apiserver apiserver endpoint by ca`,
      `People: kubernetes-super-admin super-admin → ${cps}: kube-apiserver apiserver endpoint by ca`,
      `${workers}: kube-proxy kube-proxy → ${cps}: kube-apiserver apiserver endpoint by ca`,
      `${workers}: kubelet kubelet/client → ${cps}: kube-apiserver apiserver endpoint by ca`,
    ].toSorted(),
  );
  t.is(report.drawing.endpoint?.label, 'api.example.com:6443');
  t.is(kindOf(report, 'apiserver')?.credentials.length, 3);
});

test('Of a large cluster a drawing has no more than of a small one, and of one node no endpoint', (t) => {
  const [small, big] = [example, large()].map((plan) => reportOf({ plan, now }));
  t.is(big?.drawing.lines.length, small?.drawing.lines.length);
  t.deepEqual(
    big?.drawing.frames.map(({ size }) => size),
    [2, 5, 495],
  );
  t.true((big?.drawing.lines ?? []).every(({ urls }) => urls.length <= 8));
  t.is(reportOf({ plan: one, now }).drawing.endpoint, undefined);
});

test('Many people and many kinds of nodes are folded, and whoever may do everything stays apart', (t) => {
  const users = Array.from({ length: 40 }, (_, index) => ({ name: `u${index}`, groups: [`g${index}`] }));
  const plan = planOf({ nodes: [cp(1), ...several(12, worker)], users });
  const specs = plan.specs.map((spec) =>
    spec.kind === 'leaf' && spec.node?.startsWith('w-') ? { ...spec, process: `${spec.process}-${spec.node}` } : spec,
  );
  const { drawing } = reportOf({ plan: { ...plan, specs }, now });
  const [people, , workers] = drawing.frames;
  t.deepEqual(
    people?.boxes.map(({ title, people: size, rows: [row] }) => [title, size, row?.masters]),
    [
      ['41 people', 41, false],
      ['kubernetes-super-admin', 1, true],
    ],
  );
  t.is(drawing.frames.length, 3);
  t.true((workers?.boxes.length ?? 99) <= 12);
});

test('What can be done with each credential is told, and system:masters before all', (t) => {
  const report = reportOf({ plan: example, now });
  const can = (name: string) => kindOf(report, name)?.powers.map(({ reach, text }) => `${reach}: ${text}`) ?? [];
  t.deepEqual(
    report.kinds.filter(({ masters }) => masters).map(({ name }) => name),
    ['super-admin'],
  );
  t.deepEqual(can('super-admin'), [
    'everything: everything in the cluster, past RBAC (system:masters); nothing takes it back before it ends',
  ]);
  t.regex(
    can('admin').join(),
    /^wide: everything that RBAC gives \(cluster-admin\), by the binding kubeadm:cluster-admins/,
  );
  t.regex(can('ca').join(), /^everything: whoever has its key can be any user in any group, system:masters among them/);
  t.regex(can('apiserver-etcd-client').join(), /^wide: read and change all of etcd/);
  t.deepEqual(can('front-proxy-client'), ['wide: name any user to apiserver, which believes it']);
  t.deepEqual(can('scheduler'), ['bounded: what ClusterRole system:kube-scheduler allows, bound by Kubernetes itself']);
  t.regex(can('sa').join(), /any service account/);
});

test('One authority for all opens etcd to everybody, and the report says so', (t) => {
  const report = reportOf({ plan: planOf({ nodes: [cp(1)], authorities: 'single' }), now });
  for (const name of ['admin', 'kube-proxy', 'kubelet/client']) {
    t.true(
      kindOf(report, name)?.powers.some(({ text }) => text.startsWith('read and change all of etcd')),
      name,
    );
  }
});

test('Of a plan the ends are those of what would be made now; of a generation those of what is there', (t) => {
  const planned = reportOf({ plan: one, now });
  const day = 86_400_000;
  t.true(Math.abs((kindOf(planned, 'super-admin')?.ends?.first.getTime() ?? 0) - now.getTime() - 30 * day) < day);
  const [id, ends] = ['apiserver@cp-1', new Date(now.getTime() - day)];
  const watched = {
    id,
    ends,
    kind: 'server',
    group: 'apiserver',
    node: 'cp-1',
    issuer: 'ca',
    begins: undefined,
    notAfter: ends,
    endsWith: undefined,
    life: 365 * 86_400,
    renews: undefined,
    serial: '01',
    fingerprint: 'ab',
    tree: '/pki',
    files: ['x.crt'],
  } as const;
  const made = reportOf({ plan: one, made: { generation: 3, certificates: [watched] }, now });
  const states = new Map(made.credentials.map((credential) => [credential.id, credential.state]));
  t.is(states.get(id), 'expired');
  t.is(states.get('ca'), 'missing');
  t.is(states.get('sa'), 'endless');
  t.is(made.credentials.find((credential) => credential.id === id)?.fingerprint, 'X509SHA256=ab');
});

test('A plan of hostile names is drawn as the same without them is', (t) => {
  const [plain, hostile] = [example, hostilePlan(example)].map((plan) => reportOf({ plan, now }));
  t.is(hostile?.drawing.lines.length, plain?.drawing.lines.length);
  t.deepEqual(
    hostile?.kinds.map(({ key, masters }) => [key, masters]),
    plain?.kinds.map(({ key, masters }) => [key, masters]),
  );
});
