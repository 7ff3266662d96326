import test from 'ava';
import { failure, withThird } from './testing/third.ts';

/** What a third party's component yields, and what is said of it: `where: message`, and what the hint says. */
const specs: readonly [code: string, says: string, hints?: RegExp][] = [
  [
    "client({ ...leaf, name: 'kube-proxy', node: 'cp-1' })",
    'kube-proxy@cp-1: two things have this id: one by component kube-proxy, one by component third',
    /another name/,
  ],
  ["client({ ...leaf, name: '../y' })", '../y: component third: this name cannot be a file name', /letters, digits/],
  ["client({ ...leaf, name: 'a', node: 'cp-9' })", 'a@cp-9: component third: the cluster has no node cp-9'],
  [
    "authority({ name: 'b/ca', commonName: 'b', serves: ['b'], issuer: 'c' }), authority({ name: 'c/ca', commonName: 'c', serves: ['c'], issuer: 'b' })",
    'b/ca: component third: these authorities sign each other in a circle: b/ca, c/ca',
    /sign itself/,
  ],
  [
    "client({ ...leaf, name: 'd', issuer: 'logs/client' })",
    'd: component third: no authority stands behind the use logs/client',
    /the uses are: cluster\/client/,
  ],
  [
    "client({ ...leaf, name: 'e', issuer: 'sa' })",
    'e: component third: sa is a bare key pair and signs no certificates',
  ],
  [
    "keyPair({ name: 'f', serves: ['sa'], keys: 'ed25519' })",
    'f: component third: Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
    /ecdsa-p256/,
  ],
  [
    "client({ ...leaf, name: 'g', commonName: 'g'.repeat(65) })",
    'g: component third: its common name has 65 bytes, and X.509 allows 64',
    /shorter/,
  ],
  ["client({ ...leaf, name: 'h', commonName: '' })", 'h: component third: its common name is empty'],
  [
    "client({ ...leaf, name: 'i', organizations: ['a\\nb'] })",
    'i: component third: its organization holds control characters',
  ],
  [
    "client({ ...leaf, name: 'j', validity: 4e9 })",
    'j: component third: its life of 46296.3 days is longer than the 3650 days of its authority ca',
    /validity/,
  ],
  ["{ ...leaf, name: 'k' }", "k: component third: it is neither a server's nor a client's certificate"],
  ["server({ ...leaf, name: 'l' })", 'l: component third: a server needs at least one name or address'],
  [
    "client({ ...leaf, name: 'm', kubeconfig: { credentials: 'embedded' } })",
    'm: component third: a kubeconfig names one server, and this one connects to 0',
  ],
  [
    "client({ ...leaf, name: 'n', sans: { dns: ['Y.example'], ips: [] } })",
    'n: component third: "Y.example" is no DNS name in canonical form',
  ],
  [
    "client({ ...leaf, name: 'o', connects: [{ to: 'apisrever', at: 'endpoint' }] })",
    'o: component third: it connects to apisrever, and nothing of that name answers',
    /the servers are: .*apiserver/,
  ],
  [
    "server({ ...leaf, name: 'p', sans: { dns: ['y'], ips: [] }, connects: [{ to: 'apiserver', at: 'endpoint' }] })",
    'p: component third: it connects to apiserver but is not a client certificate',
  ],
  [
    "client({ ...leaf, name: 'q', connects: [{ to: 'apiserver', at: 'local' }] })",
    'q: component third: its node has no apiserver to connect to',
    /endpoint/,
  ],
  [
    "client({ ...leaf, name: 'r', issuer: 'etcd/client', connects: [{ to: 'apiserver', at: 'endpoint' }] })",
    'r: component third: apiserver@cp-1 would refuse it: it trusts ca, front-proxy-ca, and r is signed by etcd/ca',
    /one authority/,
  ],
];

test('Every rule of plans names the third party’s component that breaks it, all in one error, and nothing is written', async (t) => {
  const own = withThird(
    t,
    `components: [component('third', function* () { yield* [${specs.map(([code]) => code).join(',\n')}]; })]`,
  );
  const { code, problems } = await failure(t, own);
  t.is(code, 'PLAN_INVALID');
  const said = new Map(problems.map(({ where, message, hint }) => [`${where}: ${message}`, hint]));
  for (const [, says, hints] of specs) {
    t.true(said.has(says), `${says}\nis not in\n${[...said.keys()].join('\n')}`);
    if (hints !== undefined) t.regex(said.get(says) ?? '', hints);
    said.delete(says);
  }
  t.deepEqual([...said.keys()], []);
});

test('What is no spec names its component, also where nothing else is wrong', async (t) => {
  const own = withThird(
    t,
    "components: [component('third', () => [null, 7, { kind: 'leaf' }, { ...leaf, name: 'y', keys: 'rsa' }])]",
  );
  const { code, problems } = await failure(t, own, ['plan']);
  t.is(code, 'PLAN_INVALID');
  t.true(problems.length >= 4);
  for (const { message } of problems) t.regex(message, /^component third: /);
});
