import { appendFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, two } from './testing/program.ts';

const first = two.nodes[0];
type Change = { mark: string; id: string; reasons: string[]; effect: object; until?: string };

async function made(own: Desk, cluster: object = two): Promise<void> {
  own.write('cluster.yaml', cluster);
  const { status, stderr } = await own.kubepki(['generate', '--no-verify']);
  if (status !== 0) throw new Error(stderr);
}

async function diff(own: Desk) {
  const before = own.look();
  const { status, stdout } = await own.kubepki(['diff', '--json']);
  const seen = JSON.parse(stdout) as {
    changed: boolean;
    changes: Change[];
    edited: string[];
    due: { id: string }[];
    restarts: { node: string; process: string; how: string }[];
    files: { written: string[]; dropped: string[] };
    care: { where: string; hint: string }[];
  };
  return { status, ...seen, untouched: JSON.stringify(before) === JSON.stringify(own.look()) };
}

test('Over what fits there is no difference, and nothing is written', async (t) => {
  const own = desk(t);
  await made(own);
  const { status, changed, changes, files, untouched } = await diff(own);
  t.like({ status, changed, changes, untouched }, { status: 0, changed: false, changes: [], untouched: true });
  t.deepEqual([files.written, files.dropped], [[], []]);
  t.regex((await own.kubepki(['diff'])).stdout, /generate would do nothing in pki \(generation 0001\)/);
});

test('A name that is added is told with what becomes of the process, and generate does just that', async (t) => {
  const own = desk(t);
  await made(own);
  own.write('cluster.yaml', {
    ...two,
    certificates: { apiserver: { sans: ['10.9.9.9'] }, scheduler: { validity: '30d' } },
  });
  const text = await own.kubepki(['diff']);
  t.is(text.status, 2);
  t.regex(text.stdout, /^ {2}~ apiserver@cp-1: SAN \+IP:10\.9\.9\.9; restarts: none, kube-apiserver re-reads it$/m);
  t.regex(text.stdout, /^ {2}~ scheduler@cp-1: life .*→ 30d; restart kube-scheduler$/m);
  const { changes, files, restarts, untouched } = await diff(own);
  t.true(untouched);
  t.deepEqual(
    restarts.map(({ node, process, how }) => [node, process, how]),
    [
      ['cp-1', 'kube-apiserver', 'rereads'],
      ['cp-1', 'kube-scheduler', 'restart'],
    ],
  );
  const done = JSON.parse((await own.kubepki(['generate', '--no-verify', '--json'])).stdout);
  t.deepEqual(
    done.made.map(({ id, reasons }: Change) => [id, reasons]),
    changes.map(({ id, reasons }) => [id, reasons]),
  );
  t.deepEqual(done.files.written, files.written);
  t.is((await diff(own)).status, 0);
});

test('A node that comes is new, and one that is gone leaves certificates that stay valid', async (t) => {
  const own = desk(t);
  await made(own);
  own.write('cluster.yaml', { ...two, nodes: [first, { name: 'w-2', roles: ['worker'], addresses: ['10.0.0.22'] }] });
  const { status, changes, restarts } = await diff(own);
  t.is(status, 2);
  t.deepEqual(
    changes.map(({ mark, id }) => `${mark} ${id}`),
    ['kubelet/client', 'kubelet/server', 'kube-proxy']
      .flatMap((name) => [`+ ${name}@w-2`])
      .concat(['kubelet/client', 'kubelet/server', 'kube-proxy'].map((name) => `- ${name}@w-1`)),
  );
  t.true(changes.every(({ mark, until }) => mark === '+' || /^\d{4}-/.test(until ?? '')));
  t.deepEqual(restarts, []);
  t.regex(
    (await own.kubepki(['diff'])).stdout,
    /- kubelet\/client@w-1: .*its certificate stays valid until \d{4}-\d\d-\d\d, and nothing can revoke it/,
  );
});

test('Edits alone are shown and change no answer; a change beside them does', async (t) => {
  const own = desk(t);
  await made(own);
  const [certificate, kubeconfig] = [
    'nodes/cp-1/etc/kubernetes/pki/apiserver.crt',
    'nodes/cp-1/etc/kubernetes/scheduler.conf',
  ];
  for (const file of [certificate, kubeconfig]) appendFileSync(own.path('pki/current', file), 'x');
  const seen = await diff(own);
  t.deepEqual([seen.status, seen.changed, [...seen.edited].sort()], [0, false, [certificate, kubeconfig].sort()]);
  t.deepEqual(
    seen.changes.map(({ id, reasons }) => [id, ...reasons]),
    [
      ['apiserver@cp-1', 'its file was edited'],
      ['scheduler@cp-1', 'its file was edited'],
    ],
  );
  t.is((await own.kubepki(['generate'])).status, 65);
  own.write('cluster.yaml', { ...two, certificates: { admin: { validity: '30d' } } });
  t.is((await diff(own)).status, 2);
  const done = JSON.parse((await own.kubepki(['generate', '--discard-edits', '--json'])).stdout);
  t.deepEqual([...done.discarded].sort(), [certificate, kubeconfig].sort());
  t.deepEqual(done.made.map(({ id }: Change) => id).sort(), ['admin', 'apiserver@cp-1', 'scheduler@cp-1']);
  t.is((await own.kubepki(['verify'])).status, 0);
});

test('A version that drops a group says which binding comes first', async (t) => {
  const own = desk(t);
  const old = { ...two, kubernetesVersion: '1.28', emitters: { rbac: true } };
  await made(own, old);
  own.write('cluster.yaml', { ...old, kubernetesVersion: '1.29' });
  const { care } = await diff(own);
  const hint = care.find(({ where }) => where.includes('apiserver-kubelet-client@cp-1'))?.hint;
  t.regex(hint ?? '', /^apply pki\/current\/manifests\/rbac\.yaml of the new generation first/);
  const { stdout } = await own.kubepki(['generate']);
  t.regex(stdout, /apply pki\/current\/manifests\/rbac\.yaml of the new generation first/);
});

test('What is due is shown, and is no reason for generate', async (t) => {
  const own = desk(t);
  await made(own, { ...two, validity: { leaves: '2h', backdate: '110m' } });
  const { status, due, changes } = await diff(own);
  t.deepEqual([status, changes], [0, []]);
  t.true(due.some(({ id }) => id === 'apiserver@cp-1'));
  t.false(
    due.some(({ id }) => id === 'kubelet/client@w-1'),
    'a kubelet renews its client certificate itself',
  );
  t.regex((await own.kubepki(['diff'])).stdout, /due .*generate never does because of time/);
});

test('Before the first run all is new', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const { status, changes } = await diff(own);
  t.is(status, 2);
  t.true(changes.every(({ mark }) => mark === '+'));
  t.deepEqual(Object.keys(own.look()), ['cluster.yaml']);
});
