import test from 'ava';
import { assembled, etcdElsewhere, oneNode, refusal, threeControlPlanes } from './_assembled.test.ts';

const ids = (text: string) => assembled(text).plan.specs.map(({ id }) => id);
const leaf = (text: string, id: string) => {
  const spec = assembled(text).plan.specs.find((each) => each.id === id);
  return spec?.kind === 'leaf' ? spec : undefined;
};

test('One node has its authorities, its people, and each process of a control plane and of a worker', (t) => {
  t.deepEqual(ids(oneNode), [
    'ca',
    'etcd/ca',
    'front-proxy-ca',
    'sa',
    'admin',
    'super-admin',
    'etcd/server@cp-1',
    'etcd/peer@cp-1',
    'etcd/healthcheck-client@cp-1',
    'front-proxy-client@cp-1',
    'apiserver@cp-1',
    'apiserver-kubelet-client@cp-1',
    'apiserver-etcd-client@cp-1',
    'controller-manager@cp-1',
    'scheduler@cp-1',
    'kubelet/client@cp-1',
    'kubelet/server@cp-1',
    'kube-proxy@cp-1',
  ]);
});

test('A plan is plain data and the same each time', (t) => {
  for (const text of [oneNode, threeControlPlanes, etcdElsewhere]) {
    const { plan } = assembled(text);
    t.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    t.deepEqual(assembled(text).plan, plan);
  }
});

test('Keys are ECDSA P-256, lives are ten years and one', (t) => {
  const { specs, backdate } = assembled(`${oneNode}validity: {stagger: false}`).plan;
  t.deepEqual([...new Set(specs.flatMap((spec) => ('keys' in spec ? [spec.keys] : [])))], ['ecdsa-p256']);
  const lives = specs.flatMap((spec) =>
    'validity' in spec && spec.id !== 'super-admin' ? [`${spec.kind} ${spec.validity}`] : [],
  );
  t.deepEqual([...new Set(lives)], ['authority 315360000', 'leaf 31536000']);
  t.is(backdate, 300);
});

test('Keys and lives are as the file says, for each kind', (t) => {
  const { plan } = assembled(`
${oneNode}
keys: {authorities: ecdsa-p384, leaves: ed25519, serviceAccounts: rsa-2048}
validity: {authorities: 20d, leaves: 12h, backdate: 1h}
certificates:
  apiserver@cp-1: {keys: ecdsa-p256, sans: [api.example.com, 10.9.9.9]}
  scheduler: {validity: 2h}
`);
  const spec = (id: string) => plan.specs.find((each) => each.id === id);
  t.like(spec('ca'), { keys: 'ecdsa-p384', validity: 1_728_000 });
  t.like(spec('sa'), { keys: 'rsa-2048' });
  t.like(spec('admin'), { keys: 'ed25519', validity: 43_200 });
  t.like(spec('apiserver@cp-1'), { keys: 'ecdsa-p256' });
  t.like(spec('scheduler@cp-1'), { keys: 'ed25519', validity: 7_200 });
  t.deepEqual(
    leaf(`${oneNode}certificates: {apiserver: {sans: [api.example.com, 10.9.9.9]}}`, 'apiserver@cp-1')?.sans,
    {
      dns: [
        'cp-1',
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
        'localhost',
        'api.example.com',
      ],
      ips: ['10.96.0.1', '10.0.0.11', '127.0.0.1', '::1', '10.9.9.9'],
    },
  );
  t.is(plan.backdate, 3_600);
});

test('The super administrator lives 30 days, or as long as all leaves where that is shorter', (t) => {
  t.is(leaf(oneNode, 'super-admin')?.validity, 2_592_000);
  t.is(leaf(`${oneNode}validity: {authorities: 7d, leaves: 1d}`, 'super-admin')?.validity, 86_400);
  t.is(leaf(`${oneNode}components: {admin: {superAdminValidity: 1h}}`, 'super-admin')?.validity, 3_600);
  t.is(leaf(`${oneNode}certificates: {super-admin: {validity: 2h}}`, 'super-admin')?.validity, 7_200);
});

test('A component is off or on, or has its options, as the file says', (t) => {
  const chosen = ids(`
${oneNode}
components:
  kube-proxy: false
  konnectivity: true
  etcd-clients: {names: [prometheus]}
  scheduler: {serving: true}
  webhook: {services: [{name: policy}]}
users: [{name: jane, groups: [developers]}]
`);
  t.false(chosen.includes('kube-proxy@cp-1'));
  const more = ['user/jane', 'konnectivity-server@cp-1', 'konnectivity-agents@cp-1', 'etcd/prometheus-client'];
  for (const id of [...more, 'scheduler/server@cp-1', 'webhook/kube-system/policy']) t.true(chosen.includes(id), id);
});

test('Each emitter is off or on, or has its options, as the file says', (t) => {
  const names = (text: string) => assembled(text).emitters.map(({ name }) => name);
  t.deepEqual(names(oneNode), ['filesystem', 'kubeconfig', 'rbac']);
  t.deepEqual(names(`${oneNode}emitters: {rbac: false, secrets: true}`), ['filesystem', 'kubeconfig', 'secrets']);
  t.deepEqual(names(`${oneNode}emitters: {secrets: {stream: true}}`), ['filesystem', 'kubeconfig', 'rbac', 'secrets']);
});

test('Without a front proxy nobody accepts one, and its authority is not made', (t) => {
  const text = `${oneNode}components: {front-proxy: false}`;
  t.false(ids(text).some((id) => id.startsWith('front-proxy')));
  t.deepEqual(leaf(text, 'apiserver@cp-1')?.accepts, ['cluster/client']);
  t.false('--requestheader-client-ca-file' in (leaf(text, 'apiserver@cp-1')?.flags ?? {}));
  t.false('--requestheader-client-ca-file' in (leaf(text, 'controller-manager@cp-1')?.flags ?? {}));
});

test('A component that others need cannot be left out unseen', (t) => {
  const problems = refusal(t, 'PLAN_INVALID', () => assembled(`${oneNode}components: {service-account: false}`));
  t.true(problems.includes('apiserver@cp-1: component apiserver: no authority stands behind the use sa'));
});

test('With several wrong things each is named', (t) => {
  const problems = refusal(t, 'PLAN_INVALID', () =>
    assembled(`${oneNode}certificates: {apisrever: {validity: 1h}, apiserver: {validity: 11y}}`),
  );
  t.is(problems.length, 2);
  t.regex(problems[0] ?? '', /^certificates\.apisrever: nothing in this cluster has that name/);
  t.regex(
    problems[1] ?? '',
    /^apiserver@cp-1: component apiserver: its life of 4015 days is longer than the 3650 days of its authority ca/,
  );
});

test('A serving certificate towards an etcd that does not trust its authority is an error that says so', (t) => {
  const problems = refusal(t, 'PLAN_INVALID', () => assembled(`${oneNode}apiserverClients: serving`));
  t.deepEqual(problems, [
    'apiserver@cp-1: component apiserver: etcd/server@cp-1 of component etcd would refuse it: it trusts etcd/ca, and apiserver@cp-1 is signed by ca',
  ]);
});

test('Towards kubelets alone it works, and its user gets the rights of the client that is left out', (t) => {
  const text = `${oneNode}apiserverClients: {etcd: dedicated, kubelet: serving}`;
  t.false(ids(text).includes('apiserver-kubelet-client@cp-1'));
  t.true(ids(text).includes('apiserver-etcd-client@cp-1'));
  t.deepEqual(leaf(text, 'apiserver@cp-1')?.usages, ['server', 'client']);
  t.deepEqual(leaf(text, 'apiserver@cp-1')?.bindings, [
    {
      binding: 'kubepki:apiserver-serving-kubelet-client',
      clusterRole: 'system:kubelet-api-admin',
      to: { kind: 'User', name: 'kube-apiserver' },
    },
  ]);
});

test('Where one authority stands behind all, the serving certificate serves towards etcd too', (t) => {
  const text = `${oneNode}apiserverClients: serving\nauthorities: single`;
  t.deepEqual(
    ids(text).filter((id) => id.startsWith('apiserver')),
    ['apiserver@cp-1'],
  );
  t.deepEqual(leaf(text, 'apiserver@cp-1')?.connects, [
    { to: 'etcd/server', at: 'each' },
    { to: 'kubelet/server', at: 'each' },
  ]);
});

test('One authority for all is one file, and two warnings: for etcd and for the front proxy', (t) => {
  const { plan, warnings } = assembled(`${oneNode}authorities: single`);
  t.deepEqual(
    plan.specs.filter(({ kind }) => kind === 'authority').map(({ id }) => id),
    ['ca'],
  );
  t.deepEqual(
    warnings.map(({ where }) => where),
    ['authorities.ca', 'authorities.ca'],
  );
  t.regex(warnings[0]?.message ?? '', /any client certificate can open etcd/);
  t.regex(warnings[1]?.message ?? '', /front-proxy-client may then impersonate anybody/);
  t.regex(
    warnings[1]?.hint ?? '',
    /--requestheader-allowed-names \(from 1\.35 on the API server refuses to start without\)/,
  );
});

test('Separate authorities, and one that only shares what is harmless, give no warning', (t) => {
  t.deepEqual(assembled(threeControlPlanes).warnings, []);
  t.deepEqual(assembled(`${oneNode}authorities: {etcd/peer: front-proxy-ca}`).warnings, []);
});

test('An authority that no use points to is not made', (t) => {
  const text = `${oneNode}authorities: {etcd/ca: ca}`;
  t.deepEqual(
    assembled(text)
      .plan.specs.filter(({ kind }) => kind === 'authority')
      .map(({ id }) => id),
    ['ca', 'front-proxy-ca'],
  );
  t.is(assembled(text).warnings.length, 1);
});

test("Somebody else's authority is known by its files, and is not made", (t) => {
  const { plan, given } = assembled(`${oneNode}authorities: {ca: {certificate: pki/ca.crt, key: pki/ca.key}}`);
  t.deepEqual(given, { ca: { certificate: 'pki/ca.crt', key: 'pki/ca.key' } });
  t.like(plan.specs[0], { id: 'ca', given: { key: true } });
});

test('Without its key the controller manager signs no requests with it', (t) => {
  const text = `${oneNode}authorities: {ca: {certificate: ca.crt}}`;
  t.like(assembled(text).plan.specs[0], { id: 'ca', given: { key: false } });
  t.false('--cluster-signing-key-file' in (leaf(text, 'controller-manager@cp-1')?.flags ?? {}));
});

test('Files for a use are an authority beside the others', (t) => {
  const { plan, given } = assembled(`${oneNode}authorities: {kubelet/server: {certificate: k.crt, key: k.key}}`);
  t.deepEqual(Object.keys(given), ['kubelet/server-ca']);
  t.deepEqual(plan.uses['kubelet/server'], { signs: 'kubelet/server-ca', trusts: ['kubelet/server-ca'] });
  t.like(
    plan.specs.find(({ id }) => id === 'kubelet/server-ca'),
    { component: 'given', given: { key: true } },
  );
});

test('For an etcd elsewhere whose authority is unknown nothing is planned', (t) => {
  t.false(ids(etcdElsewhere).some((id) => id.includes('etcd')));
  t.false(Object.keys(leaf(etcdElsewhere, 'apiserver@cp-1')?.flags ?? {}).some((flag) => flag.includes('etcd')));
  const serving = `${etcdElsewhere}apiserverClients: {etcd: serving}`;
  t.deepEqual(leaf(serving, 'apiserver@cp-1')?.connects, []);
});

const clientOf = test.macro((t, authorities: string, signer: string) => {
  const text = `${etcdElsewhere}authorities: ${authorities}`;
  const { plan } = assembled(text);
  t.deepEqual(
    ids(text).filter((id) => id.startsWith('etcd/') || id.includes('-etcd-')),
    [...(signer === 'etcd/ca' ? ['etcd/ca'] : []), 'etcd/server', 'apiserver-etcd-client@cp-1'],
  );
  t.is(plan.uses['etcd/client']?.signs, signer);
  t.deepEqual(plan.uses['etcd/server']?.trusts, [signer]);
  t.is(
    leaf(text, 'apiserver@cp-1')?.flags['--etcd-servers'],
    'https://etcd-1.example.internal:2379,https://10.0.0.32:12379',
  );
});

test(
  'For an etcd elsewhere with its authority there is a client',
  clientOf,
  '{etcd/ca: {certificate: e.crt, key: e.key}}',
  'etcd/ca',
);
test('An etcd elsewhere may be of the one authority for all', clientOf, 'single', 'ca');
test("An etcd elsewhere may be of the cluster's authority", clientOf, '{etcd/ca: ca}', 'ca');
test('An etcd elsewhere may be named by its uses', clientOf, '{etcd/client: ca, etcd/server: ca}', 'ca');

test('Half of what is to be known of an etcd elsewhere is an error', (t) => {
  t.deepEqual(
    refusal(t, 'AUTHORITY_UNKNOWN', () => assembled(`${etcdElsewhere}authorities: {etcd/client: ca}`)),
    ['authorities.etcd/client: this is neither an authority nor a use'],
  );
});

test('A wrong option of a component is an error that names it', (t) => {
  t.deepEqual(
    refusal(t, 'CLUSTER_FILE_INVALID', () => assembled(`${oneNode}components: {apiserver: {port: 0}}`)).length,
    1,
  );
});

test('The profile decides the folders, and the file which layout and names', (t) => {
  const mode = (text: string) => assembled(text).layout.folderMode('nodes/cp-1/etc/kubernetes/pki');
  t.is(mode(oneNode), 0o700);
  t.is(mode(`${oneNode}profile: kubeadm`), 0o755);
  t.is(mode(`${oneNode}profile: kubeadm\nlayout: {tree: flat}`), 0o700);
});
