import test from 'ava';
import { failure, testFaults, withThird } from './testing/third.ts';

testFaults({
  'a policy that throws': [
    "policies: [(plan) => plan, function house() { throw new Error('not in our house'); }]",
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[1\] \(house\) failed: not in our house\na policy is a function/,
  ],
  'a policy that forgets to return the plan': [
    'policies: [() => {}]',
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[0\] returns nothing, where a plan is expected\n/,
  ],
  'a policy that returns what is no plan': [
    'policies: [(plan) => ({ ...plan, specs: plan.specs.map((spec) => ({ ...spec, keys: "rsa-1024" })) })]',
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[0\] returns what is no plan: ca\.keys: /,
  ],
  'a policy that puts a plan into another order': [
    'policies: [(plan) => ({ ...plan, specs: [...plan.specs].reverse() })]',
    /^POLICY_FAILED .*policies\[0\] returns a plan in another order: \S+ stands in the wrong place\nauthorities come first/,
  ],
  'a policy that takes an authority away': [
    'policies: [(plan) => ({ ...plan, specs: plan.specs.filter(({ id }) => id !== "front-proxy-ca") })]',
    /^PLAN_INVALID uses\.front-proxy\/client: by policies\[0\]: there is no authority front-proxy-ca\nthe authorities are: ca, etcd\/ca, sa$/,
  ],
  'a policy after which nobody is trusted': [
    'policies: [(plan) => plan, (plan) => ({ ...plan, uses: { ...plan.uses, "kubelet/server": { signs: "ca", trusts: [] } } })]',
    /^PLAN_INVALID uses\.kubelet\/server: by policies\[1\]: nobody is trusted for it\nname at least/,
  ],
  'a policy that puts a bare key pair beside an authority': [
    'policies: [(plan) => ({ ...plan, uses: { ...plan.uses, "kubelet/server": { signs: "ca", trusts: ["ca", "sa"] } } })]',
    /^PLAN_INVALID uses\.kubelet\/server: by policies\[0\]: authorities and bare key pairs cannot stand behind one use: ca, sa\nname one kind/,
  ],
  'a policy that breaks a certificate': [
    'policies: [(plan) => ({ ...plan, specs: plan.specs.map((spec) => spec.id === "admin" ? { ...spec, commonName: "" } : spec) })]',
    /^PLAN_INVALID admin: by policies\[0\]: component admin: its common name is empty\ngive it a name/,
  ],
});

test('A policy may refuse by core’s own error, which keeps its code and its hint', async (t) => {
  const own = withThird(
    t,
    "policies: [() => { throw new PkiError('HOUSE_NAMES', 'y.com is not ours', { hint: 'ask us' }); }]",
  );
  own.write('kubepki.config.mjs', `import { PkiError } from '@kubepki/core';${own.read('kubepki.config.mjs')}`);
  const { code, message, hint } = await failure(t, own, ['plan']);
  t.deepEqual(
    { code, message, hint },
    { code: 'HOUSE_NAMES', message: 'kubepki.config.mjs: policies[0]: y.com is not ours', hint: 'ask us' },
  );
});

test('A policy that lets one authority stand behind what should be apart is warned of, with what to do', async (t) => {
  const trust = (use: string) => `'${use}': { ...plan.uses['${use}'], trusts: ['ca', ...plan.uses['${use}'].trusts] }`;
  const own = withThird(
    t,
    `policies: [(plan) => ({ ...plan, uses: { ...plan.uses, ${trust('etcd/client')}, ${trust('front-proxy/client')} } })]`,
  );
  const { status, stderr } = await own.kubepki(['plan']);
  t.is(status, 0);
  t.regex(
    stderr,
    /^warning: authorities\.ca: it stands behind the clients of the API server and of etcd .*\n {2}give etcd/m,
  );
  t.regex(
    stderr,
    /^warning: authorities\.ca: it stands behind clients and the front proxy alike.*\n {2}set --requesth/m,
  );
});

test('An exception for what a third party’s component does not yield says what there is', async (t) => {
  const own = withThird(t, "components: [component('third', () => [client({ ...leaf, name: 'third/x' })])]");
  const cluster = JSON.parse(own.read('cluster.yaml'));
  own.write('cluster.yaml', { ...cluster, certificates: { 'third/y': { validity: '1d' } } });
  const { code, message, hint } = await failure(t, own);
  t.is(`${code} ${message}`, 'PLAN_INVALID certificates.third/y: nothing in this cluster has that name');
  t.regex(hint ?? '', /^the names are: .*, third\/x/);
});
