import { existingTree, generate, memoryTree, PkiError, survey } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { oldPlace } from '../old/place.ts';
import {
  assembled,
  flatPlace,
  type Made,
  made,
  memoryFiles,
  nodesOf,
  onNode,
  placesOf,
  type Texts,
} from '../testing/old.ts';
import { authorityByHand, byHand } from '../testing/openssl.ts';
import { adopt } from './adopt.ts';
import type { AdoptInput } from './input.ts';

const kubeadm = 'profile: kubeadm\nkubernetesVersion: "1.37"\nkeys: ecdsa-p256\n';
const one = `${kubeadm}nodes: [{name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}]\n`;
const three = `${kubeadm}controlPlaneEndpoint: api.example.com
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: cp-2, roles: [control-plane], addresses: [10.0.0.12]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21]}
`;
const now = new Date();
const day = 86_400_000;

const adopting = (pki: Pick<Made, 'cluster'>, input: Pick<AdoptInput, 'places'> & Partial<AdoptInput>) =>
  adopt({ plan: pki.cluster.plan, emitters: pki.cluster.emitters, now, ...input });

/** The old /etc/kubernetes of cp-1 after somebody did something to it. */
async function changed(change: (texts: Record<string, string>) => void, text = one) {
  const pki = await made(text);
  const texts: Record<string, string> = { ...onNode(pki, 'cp-1') };
  change(texts);
  return { pki, places: [oldPlace(memoryFiles('old', texts))] };
}

async function refused(t: ExecutionContext, run: Promise<unknown>, code = 'ADOPT_REFUSED') {
  const error = await t.throwsAsync<PkiError>(run, { instanceOf: PkiError, code });
  return (error?.problems ?? []).map(({ where, message }) => `${where}: ${message}`);
}

const at = (name: string) => `old/pki/${name}`;

test('All that kubeadm makes is taken over, and afterwards there is nothing to make', async (t) => {
  const pki = await made(three);
  const { existing, taken, anew, notes, unknown } = await adopting(pki, { places: placesOf(pki, '') });
  t.deepEqual([anew, unknown], [[], []]);
  t.deepEqual(
    taken.map(({ id }) => id),
    pki.cluster.plan.specs.flatMap(({ id, kind }) => (kind === 'elsewhere' ? [] : [id])),
  );
  t.deepEqual(
    notes.map(({ fault, message }) => `${fault} ${message.replace(/\d{4}-.{5}/, 'DAY')}`),
    ['weak super-admin@cp-1 may do everything until DAY, and nothing can take that back'],
  );
  const tree = memoryTree();
  for await (const { made: anew } of generate({ ...pki.cluster, tree, existing, now })) t.false(anew);
  const output = tree.view(pki.cluster.plan);
  const there = existingTree({ output, emitters: pki.cluster.emitters });
  t.true((await survey({ ...pki.cluster, output, existing: there })).idle);
  for (const [path, { text }] of tree.files) t.is(text, pki.tree.files.get(path)?.text ?? '', path);
});

test('What was not given is made anew: a kubelet has its own, and nothing is known of a node that is missing', async (t) => {
  const pki = await made(three);
  const [first, second] = placesOf(pki);
  const { anew, absent } = await adopting(pki, { places: [first, second].flatMap((place) => place ?? []) });
  t.deepEqual(absent, ['w-1']);
  t.deepEqual(
    anew.map(({ id, fault, reasons }) => [id, fault, ...reasons]),
    [
      [
        'kubelet/client@cp-2',
        'missing',
        'it names /var/lib/kubelet/pki/kubelet-client-current.pem, which was not given',
      ],
      ['kubelet/client@w-1', 'missing', 'nothing of w-1 was given'],
    ],
  );
});

test('The certificate that a kubelet has now is found through its link', async (t) => {
  const pki = await made(three);
  const texts = onNode(pki, 'w-1', '');
  // A node that joined calls its user so, and its certificate alone tells of which node it is.
  const conf = (texts['etc/kubernetes/kubelet.conf'] ?? '')
    .replaceAll('system:node:w-1', 'default-auth')
    .replaceAll('"kubernetes"', '"default-cluster"');
  const dated = 'var/lib/kubelet/pki/kubelet-client-2026-11-24-10-00-00.pem';
  const { 'var/lib/kubelet/pki/kubelet-client.pem': pem = '', ...rest } = texts;
  const link = `-> /${dated}`;
  const place = oldPlace(
    memoryFiles('w-1', {
      ...rest,
      'etc/kubernetes/kubelet.conf': conf,
      [dated]: pem,
      'var/lib/kubelet/pki/kubelet-client-current.pem': link,
    }),
  );
  const { taken, notes, unknown } = await adopting(pki, { places: [place] });
  t.deepEqual(
    notes.filter(({ where }) => where.includes('kubelet')),
    [],
  );
  t.deepEqual(
    taken.map(({ id, where }) => [id, ...where]),
    [
      ['ca', 'w-1/etc/kubernetes/pki/ca.crt'],
      ['kubelet/client@w-1', 'w-1/var/lib/kubelet/pki/kubelet-client-current.pem'],
    ],
  );
  t.deepEqual(unknown, []);
});

test('What is missing, wrong, weak or not as planned is made anew, with the reason and the file', async (t) => {
  const pki = await made(one);
  const other = onNode(await made(`${one}name: other\n`), 'cp-1');
  const { places } = await changed((texts) => {
    delete texts['pki/etcd/peer.crt'];
    delete texts['pki/etcd/healthcheck-client.key'];
    texts['pki/apiserver-etcd-client.key'] = texts['pki/apiserver.key'] ?? '';
    texts['pki/front-proxy-client.crt'] = other['pki/front-proxy-client.crt'] ?? '';
    texts['pki/front-proxy-client.key'] = other['pki/front-proxy-client.key'] ?? '';
    texts['pki/apiserver-kubelet-client.crt'] = 'no certificate';
    texts['scheduler.conf'] = 'no kubeconfig';
  });
  const wanted = assembled(`${one}components: {apiserver: {sans: [192.0.2.7]}}\n`);
  const { anew } = await adopting({ cluster: wanted }, { places });
  t.deepEqual(
    anew.map(({ id, fault, reasons, where }) => `${fault} ${id}: ${reasons.join('; ')} (${where.join(', ')})`),
    [
      `missing etcd/peer@cp-1: its certificate is not there (${at('etcd/peer.key')})`,
      `missing etcd/healthcheck-client@cp-1: its key is not there (${at('etcd/healthcheck-client.crt')})`,
      `wrong front-proxy-client@cp-1: another authority signed it (${at('front-proxy-client.crt')}, ${at('front-proxy-client.key')})`,
      `differs apiserver@cp-1: SAN +IP:192.0.2.7 (${at('apiserver.crt')}, ${at('apiserver.key')})`,
      `wrong apiserver-kubelet-client@cp-1: it holds no certificate (${at('apiserver-kubelet-client.crt')}, ${at('apiserver-kubelet-client.key')})`,
      `wrong apiserver-etcd-client@cp-1: its key is of another certificate (${at('apiserver-etcd-client.crt')}, ${at('apiserver-etcd-client.key')})`,
      'wrong scheduler@cp-1: it is no kubeconfig (old/scheduler.conf)',
    ],
  );
  t.is(pki.cluster.plan.specs.length, wanted.plan.specs.length);
});

test('Everything that is expired is made anew, while its authorities last; what ends soon is said', async (t) => {
  const pki = await made(one);
  const places = placesOf(pki);
  const later = await adopting(pki, { places, now: new Date(now.getTime() + 400 * day) });
  const leaves = pki.cluster.plan.specs.filter(({ kind }) => kind === 'leaf').length;
  t.is(later.anew.length, leaves);
  t.true(later.anew.every(({ fault, reasons }) => fault === 'weak' && /^it ended on \d{4}-/.test(reasons[0] ?? '')));
  t.deepEqual(
    later.taken.map(({ id }) => id),
    ['ca', 'etcd/ca', 'front-proxy-ca', 'sa'],
  );
  const soon = await adopting(pki, { places, now: new Date(now.getTime() + 340 * day) });
  t.is(soon.anew.length, 0);
  t.is(soon.notes.filter(({ message }) => / ends on /.test(message)).length, leaves);
});

test('An authority that has ended is not taken over, and one that ends before its leaves would is told of', async (t) => {
  const pki = await made(one);
  const places = placesOf(pki);
  const ended = await refused(t, adopting(pki, { places, now: new Date(now.getTime() + 3660 * day) }));
  t.is(ended.length, 3);
  t.regex(ended[0] ?? '', /pki\/ca\.crt: ca: it ended on /);
  const { notes } = await adopting(pki, { places, now: new Date(now.getTime() + 3400 * day) });
  t.regex(notes[0]?.message ?? '', /^ca ends on .*, before a leaf of 1y would$/);
});

test('Short keys and SHA-1 are made anew', async (t) => {
  const { pki, places } = await changed((texts) => {
    const authority = { certificate: texts['pki/ca.crt'] ?? '', key: texts['pki/ca.key'] ?? '' };
    const weak = byHand({
      authority,
      subject: '/CN=kube-apiserver-kubelet-client',
      newKey: 'rsa:2048',
      digest: '-sha1',
    });
    texts['pki/apiserver-kubelet-client.crt'] = weak.certificate;
    texts['pki/apiserver-kubelet-client.key'] = weak.key;
    const short = byHand({ authority, subject: '/CN=kube-apiserver', newKey: 'rsa:1024', digest: '-sha256' });
    texts['pki/apiserver.crt'] = short.certificate;
    texts['pki/apiserver.key'] = short.key;
  });
  const { anew } = await adopting(pki, { places });
  t.deepEqual(
    anew.map(({ id, fault, reasons }) => [id, fault, ...reasons]),
    [
      [
        'apiserver@cp-1',
        'weak',
        'its key is of a kind that is not used any longer, such as RSA of less than 2048 bits',
      ],
      ['apiserver-kubelet-client@cp-1', 'weak', 'it is signed over SHA-1 or MD5, which Go no longer accepts'],
    ],
  );
});

test('Nodes that have different authorities, keys of others or half of a pair are refused, all at once', async (t) => {
  const pki = await made(three);
  const other = onNode(await made(`${three}name: other\n`), 'cp-2');
  const place = (name: string, texts: Texts) => oldPlace(memoryFiles(name, texts), name);
  const own = onNode(pki, 'cp-2');
  const mixed = { ...own };
  for (const path of ['ca.crt', 'ca.key', 'sa.key', 'sa.pub']) mixed[`pki/${path}`] = other[`pki/${path}`] ?? '';
  const problems = await refused(
    t,
    adopting(pki, { places: [place('cp-1', onNode(pki, 'cp-1')), place('cp-2', mixed)] }),
  );
  t.deepEqual(
    problems.map((problem) => problem.replace(/[0-9a-f]{16}…/, 'HEX')),
    [
      'cp-1/pki/ca.crt: ca is another one here than elsewhere: SHA-256 HEX',
      'cp-2/pki/ca.crt: ca is another one here than elsewhere: SHA-256 HEX',
      'cp-2/pki/ca.key: the key of ca is of another certificate than HEX',
      'cp-1/pki/sa.key: sa is another key here than elsewhere',
      'cp-2/pki/sa.key: sa is another key here than elsewhere',
    ],
  );
});

test('Of authorities and service-account keys nothing may be half there', async (t) => {
  const { pki, places } = await changed((texts) => {
    delete texts['pki/ca.crt'];
    delete texts['pki/sa.key'];
    texts['pki/etcd/ca.crt'] = `${texts['pki/etcd/ca.crt']}${texts['pki/front-proxy-ca.crt']}`;
  });
  t.deepEqual(await refused(t, adopting(pki, { places })), [
    `${at('ca.key')}: the key of ca is there, and its certificate is not`,
    `${at('etcd/ca.crt')}: etcd/ca: it holds 2 certificates, and an authority is taken over as one`,
    `${at('sa.pub')}: the public half of sa is there, and its private key is not`,
  ]);
});

test('An authority or a service-account key that is missing is not made anew where something needs it', async (t) => {
  const { pki, places } = await changed((texts) => {
    for (const path of ['front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.key', 'sa.pub']) delete texts[`pki/${path}`];
  });
  t.deepEqual(await refused(t, adopting(pki, { places })), [
    `${at('front-proxy-client.crt')}: front-proxy-ca is not there, and front-proxy-client@cp-1 needs it`,
    `${at('apiserver.crt')}: sa is not there, and apiserver@cp-1 needs it`,
  ]);
  const without = await changed((texts) => {
    for (const path of ['front-proxy-ca.crt', 'front-proxy-ca.key', 'front-proxy-client.crt', 'front-proxy-client.key'])
      delete texts[`pki/${path}`];
  });
  const { anew } = await adopting(pki, { places: without.places });
  t.deepEqual(
    anew.map(({ id }) => id),
    ['front-proxy-ca', 'front-proxy-client@cp-1'],
  );
});

test('What somebody else wrote is told without secrets, and without what a terminal would obey', async (t) => {
  const { pki, places } = await changed((texts) => {
    const conf = texts['admin.conf'] ?? '';
    texts['admin.conf'] = conf.replace('https://10.0.0.11:6443', 'https://user:MARKER@10.0.0.12:6443');
    texts['kubelet.conf'] = conf
      .replace(/client-certificate-data: \S+/, 'client-certificate: "-----BEGIN MARKER"')
      .replace(/client-key-data: \S+/, 'client-key: "\\u001b[2Jx"');
  });
  const { notes, anew } = await adopting(pki, { places });
  const told = [...notes.map(({ message }) => message), ...anew.flatMap(({ reasons }) => reasons)].join('\n');
  t.false(told.includes('MARKER') || told.includes('\u001b'), told);
  t.regex(told, /its server is https:\/\/…@10\.0\.0\.12:6443/);
});

test('An authority is taken over without its key, and that is said', async (t) => {
  const { pki, places } = await changed((texts) => {
    delete texts['pki/front-proxy-ca.key'];
    texts['pki/sa.pub'] = 'nothing';
  });
  const { taken, notes } = await adopting(pki, { places });
  t.true(taken.some(({ id }) => id === 'front-proxy-ca'));
  t.deepEqual(
    notes.slice(0, 2).map(({ fault, where, message }) => [fault, where, message]),
    [
      [
        'missing',
        at('front-proxy-ca.crt'),
        'front-proxy-ca is there without its key, so that nothing of it can be made',
      ],
      ['wrong', at('sa.pub'), 'it is not the public half of sa, and is written anew'],
    ],
  );
});

test("An authority that differs from the cluster file is refused with what to do, and taken as somebody else's", async (t) => {
  const hand = authorityByHand('kubernetes-ca');
  const { places } = await changed((texts) => {
    texts['pki/ca.crt'] = hand.certificate;
    texts['pki/ca.key'] = hand.key;
  });
  const pki = await made(one);
  const [problem, ...more] = await refused(t, adopting(pki, { places, now: new Date() }));
  t.regex(
    problem ?? '',
    /pki\/ca\.crt: ca differs from the cluster file: subject \+CN=kubernetes; subject -CN=kubernetes-ca/,
  );
  t.deepEqual(more, []);
  const given = { ca: { ...hand, where: 'ca.crt' } };
  const cluster = assembled(`${one}authorities: {ca: {certificate: ca.crt, key: ca.key}}\n`);
  const { taken } = await adopting({ cluster }, { places, given, now: new Date() });
  t.deepEqual(taken[0], { id: 'ca', where: ['ca.crt'] });
});

test('A kubeconfig that leads elsewhere or trusts another authority is told of', async (t) => {
  const { pki, places } = await changed((texts) => {
    texts['admin.conf'] = (texts['admin.conf'] ?? '').replace('https://10.0.0.11:6443', 'https://192.0.2.1:6443');
    const foreign = Buffer.from(texts['pki/etcd/ca.crt'] ?? '').toString('base64');
    texts['scheduler.conf'] = (texts['scheduler.conf'] ?? '').replace(
      /(certificate-authority-data: ).*/,
      `$1${foreign}`,
    );
  });
  const { notes } = await adopting(pki, { places });
  t.deepEqual(
    notes
      .filter(({ where }) => /admin|scheduler/.test(where) && !/super/.test(where))
      .map(({ where, fault, message }) => [where, fault, message]),
    [
      [
        'old/scheduler.conf',
        'wrong',
        'it trusts another authority than the one that its server has, and is written anew',
      ],
      ['old/admin.conf', 'differs', 'its server is https://192.0.2.1:6443, and https://10.0.0.11:6443 is written'],
    ],
  );
});

test('What the plan does not know is named', async (t) => {
  const { pki, places } = await changed((texts) => {
    texts['pki/backup/apiserver.crt'] = texts['pki/apiserver.crt'] ?? '';
    texts['pki/notes.txt'] = 'by hand';
    texts['jane.conf'] = texts['admin.conf'] ?? '';
    texts['manifests/kube-apiserver.yaml'] = 'a pod';
  });
  const { unknown } = await adopting(pki, { places });
  t.deepEqual(unknown, ['old/jane.conf', at('backup/apiserver.crt'), at('notes.txt')]);
});

test('One folder with everything is taken over too, into a tree of any layout', async (t) => {
  const text = `controlPlaneEndpoint: api.example.com\nnodes:\n  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}\n  - {name: w-1, roles: [worker], addresses: [10.0.0.21]}\n`;
  const pki = await made(`${text}layout: {tree: flat}\n`);
  const { anew, taken, unknown } = await adopting({ cluster: assembled(text) }, { places: [flatPlace(pki)] });
  t.deepEqual(anew, []);
  t.is(taken.length, pki.cluster.plan.specs.filter(({ kind }) => kind !== 'elsewhere').length);
  t.deepEqual(
    unknown.map((path) => path.replace(/^flat\//, '')),
    ['manifests/rbac.yaml'].filter((path) => unknown.includes(`flat/${path}`)),
  );
});

test('Of which node a folder is, it tells itself, or is told; what is of none or of one twice is refused', async (t) => {
  const pki = await made(three);
  const places = placesOf(pki);
  const [first] = places;
  t.deepEqual(
    await refused(t, adopting(pki, { places: [first, ...places].flatMap((place) => place ?? []) }), 'ADOPT_NODES'),
    ['cp-1: it is of cp-1, as cp-1 is'],
  );
  const stranger = oldPlace(memoryFiles('x', onNode(pki, 'cp-1')), 'cp-9');
  const [problem] = await refused(t, adopting(pki, { places: [stranger] }), 'ADOPT_NODES');
  t.is(problem, 'x: it is of cp-9, which is no node of the cluster file');
  const bare = oldPlace(memoryFiles('y', { 'pki/ca.crt': onNode(pki, 'w-1')['pki/ca.crt'] ?? '' }));
  t.deepEqual(await refused(t, adopting(pki, { places: [bare] }), 'ADOPT_NODES'), [
    'y: nothing in it tells of which node it is',
  ]);
  const worker = oldPlace(memoryFiles('w-1', onNode(pki, 'w-1')), 'w-1');
  const { taken } = await adopting(pki, { places: [worker] });
  t.deepEqual(
    taken.map(({ id }) => id),
    ['ca'],
  );
  t.deepEqual(nodesOf(pki.cluster.plan), ['cp-1', 'cp-2', 'w-1']);
});

test('Where nothing of the plan is, that is said', async (t) => {
  const pki = await made(one);
  const place = oldPlace(memoryFiles('empty', { 'pki/x.crt': 'nothing' }), 'cp-1');
  await refused(t, adopting(pki, { places: [place] }), 'ADOPT_NOTHING');
});
