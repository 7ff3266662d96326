import test from 'ava';
import { everyRule, failure, type Rule, withThird, yielding } from './testing/third.ts';

/** What a third party's component yields, and what is said of it. */
const rules: readonly Rule[] = [
  [
    "authority({ name: 'b/ca', commonName: 'b', serves: ['b'], issuer: 'c' }), authority({ name: 'c/ca', commonName: 'c', serves: ['c'], issuer: 'b' })",
    'b/ca: component third: these authorities sign each other in a circle: b/ca, c/ca',
    /sign itself/,
  ],
  [
    "client({ ...leaf, name: 'unserved', issuer: 'logs/client' })",
    'unserved: component third: no authority stands behind the use logs/client',
    /the uses are: cluster\/client.*an authority that serves it/,
  ],
  [
    "client({ ...leaf, name: 'object', issuer: 'constructor' })",
    'object: component third: no authority stands behind the use constructor',
    /the uses are/,
  ],
  [
    "authority({ name: 'ca/unserved', commonName: 'y', serves: ['u'], issuer: 'root' })",
    'ca/unserved: component third: no authority stands behind the use root',
    /the uses are/,
  ],
  [
    "client({ ...leaf, name: 'flag', flags: { '--x': { part: 'key', of: 'logs' } } })",
    'flag: component third: no authority stands behind the use logs',
    /the uses are/,
  ],
  [
    "elsewhere({ name: 'far/unserved', issuer: 'cluster/server', accepts: ['logs/far'], addresses: [] })",
    'far/unserved: component third: no authority stands behind the use logs/far',
    /the uses are/,
  ],
  [
    "client({ ...leaf, name: 'bare', issuer: 'sa' })",
    'bare: component third: sa is a bare key pair and signs no certificates',
    /an authority serves/,
  ],
  [
    "elsewhere({ name: 'far/bare', issuer: 'sa', accepts: [], addresses: [] })",
    'far/bare: component third: sa is a bare key pair and signs no certificates',
    /an authority serves/,
  ],
  [
    "server({ ...leaf, name: 'accepts', sans, accepts: ['sa'] })",
    'accepts: component third: it wants the trust of the use sa, and sa is a bare key pair without a certificate',
    /key and public/,
  ],
  [
    "client({ ...leaf, name: 'reads', reads: [{ part: 'certificate', of: 'sa' }] })",
    'reads: component third: it wants the certificate of the use sa, and sa is a bare key pair without a certificate',
    /key and public/,
  ],
  [
    "client({ ...leaf, name: 'lost', connects: [{ to: 'apisrever', at: 'endpoint' }] })",
    'lost: component third: it connects to apisrever, and nothing of that name answers',
    /the servers are: .*apiserver/,
  ],
  [
    "server({ ...leaf, name: 'serves', sans, connects: [{ to: 'apiserver', at: 'endpoint' }] })",
    'serves: component third: it connects to apiserver but is not a client certificate',
    /client or peer/,
  ],
  [
    "client({ ...leaf, name: 'local', connects: [{ to: 'apiserver', at: 'local' }] })",
    'local: component third: its node has no apiserver to connect to',
    /endpoint/,
  ],
  [
    "client({ ...leaf, name: 'stranger', issuer: 'etcd/client', connects: [{ to: 'apiserver', at: 'endpoint' }] })",
    'stranger: component third: apiserver@cp-1 of component apiserver would refuse it: it trusts ca, front-proxy-ca, and stranger is signed by etcd/ca',
    /one authority/,
  ],
  [
    "client({ ...leaf, name: 'two', kubeconfig: { credentials: 'embedded' }, connects: ['each', 'endpoint'].map((at) => ({ to: 'apiserver', at })) })",
    'two: component third: a kubeconfig names one server, and this one connects to 2',
    /one server/,
  ],
  [
    "server({ ...leaf, name: 'deaf', sans, accepts: ['cluster/client'], clients: ['front-proxy-client'] })",
    'deaf: component third: it names front-proxy-client@cp-1 as its client and would refuse it: it trusts ca, and front-proxy-client@cp-1 is signed by front-proxy-ca',
    /one authority/,
  ],
  [
    "server({ ...leaf, name: 'confused', sans, accepts: ['etcd/client'], clients: ['apiserver'] })",
    'confused: component third: it names apiserver@cp-1 as its client, and that is not a client certificate',
    /certificates of clients/,
  ],
];

test('Each rule for uses and connections names the third party’s component that breaks it, all in one error, and nothing is written', async (t) => {
  await everyRule(t, rules, { code: 'PLAN_INVALID', own: yielding(t, rules) });
});

test('Who takes the name of another’s server is named by each client that it would refuse', async (t) => {
  const own = withThird(t, "components: [component('third', () => [server({ ...leaf, name: 'etcd/server', sans })])]");
  const { code, problems } = await failure(t, own);
  t.is(code, 'PLAN_INVALID');
  t.true(problems.length > 0);
  for (const { message, hint } of problems) {
    t.regex(message, /^component [\w-]+: etcd\/server of component third would refuse it: it trusts nobody, and /);
    t.truthy(hint);
  }
});
