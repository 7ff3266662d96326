// Clusters of every form, made and tried: all is as planned.
import { isIP } from 'node:net';
import { authority, type Component, client, type Policy, server } from '@kubepki/core';
import { clusters, memoryPki, testCluster } from '@kubepki/testkit';
import test from 'ava';
import { threeControlPlanes, two } from './testing/cluster-files.ts';
import { made, ofTestkit, summed, tried } from './testing/pki.ts';

const extras = `
users:
  - {name: jane, groups: [developers, "team:a"]}
components:
  konnectivity: true
  etcd-clients: {names: [backup]}
  controller-manager: {serving: true}
  scheduler: {serving: true}
  webhook: {services: [{name: policy}, {name: metrics, aggregated: true, port: 4443}]}
`;

const files: Readonly<Record<string, string>> = {
  'three control planes and two workers': threeControlPlanes,
  'every component and a user': `${two}${extras}`,
  'every component under one authority': `${two}${extras}authorities: single\n`,
  'one authority for etcd and its clients, another for the rest': `${two}authorities: {front-proxy-ca: ca}\n`,
  'the serving certificate presented to kubelets': `${two}apiserverClients: {kubelet: serving}\n`,
  'the serving certificate presented to all': `${two}apiserverClients: serving\nauthorities: single\n`,
  'the profile kubeadm, with RSA': `${two}profile: kubeadm\n`,
  'the profile kubeadm under one authority': `${two}profile: kubeadm\nauthorities: single\n`,
  'the oldest release': `${two}profile: kubeadm\nkubernetesVersion: "1.28"\n`,
  'ed25519 and P-384': `${two}keys: {authorities: ecdsa-p384, leaves: ed25519}\n`,
  'RSA authorities over ECDSA leaves': `${two}keys: {authorities: rsa-3072}\n`,
  'etcd elsewhere': `${two}etcd: {external: {endpoints: ["https://etcd-1.example.internal:2379", "10.0.0.32:12379"]}}\n`,
  'an etcd elsewhere that its authority knows': `${two}etcd: {external: {endpoints: ["https://etcd-1.example.internal:2379"]}}\nauthorities: single\n`,
  'etcd on a node of its own': `${two}  - {name: etcd-1, roles: [etcd], addresses: [10.0.0.31]}\n`,
  'IPv6 alone': `
controlPlaneEndpoint: "[fd00::1]:6443"
serviceSubnets: ["fd00:10:96::/112"]
nodes:
  - {name: cp-1, roles: [control-plane], addresses: ["fd00::11"]}
  - {name: cp-2, roles: [control-plane], addresses: ["fd00::12"]}
`,
  'a cluster of one node': 'nodes: [{name: cp-1, addresses: [10.0.0.11]}]\n',
};

for (const [what, text] of Object.entries(files)) {
  test(`all is as planned: ${what}`, async (t) => {
    const { wrong, untried, counts } = await summed(await made(text));
    t.deepEqual({ wrong, untried }, { wrong: [], untried: [] });
    t.true(counts.needed > 4 && counts.refused > 4, JSON.stringify(counts));
  });
}

/** API servers that stand in have no name of the cluster's endpoint. */
const namedAtEndpoint: Policy = (plan) => ({
  ...plan,
  specs: plan.specs.map((spec) => {
    if (spec.kind !== 'leaf' || spec.name !== 'apiserver') return spec;
    const { host } = plan.cluster.endpoint;
    const kind = isIP(host) ? 'ips' : 'dns';
    return { ...spec, sans: { ...spec.sans, [kind]: [...new Set([...spec.sans[kind], host])] } };
  }),
});

for (const what of ['a thousand nodes', 'an IPv6 cluster', 'nodes that are known by name alone']) {
  test(`all is as planned with the testkit's components: ${what}`, async (t) => {
    const { wrong, counts } = await summed(ofTestkit(await memoryPki(clusters[what], { policies: [namedAtEndpoint] })));
    t.deepEqual(wrong, []);
    t.true(counts.needed > 2);
  });
}

test('an authority that another one signed is trusted by itself, on both sides, and its sister is not', async (t) => {
  const family: Component = {
    name: 'family',
    *plan() {
      yield authority({ name: 'root', commonName: 'root', serves: ['top'] });
      yield authority({ name: 'one', commonName: 'one', issuer: 'top', serves: ['one'] });
      yield authority({ name: 'other', commonName: 'other', issuer: 'top', serves: ['other'] });
      yield server({
        name: 'a',
        issuer: 'one',
        commonName: 'a',
        sans: { dns: ['a.example'], ips: [] },
        accepts: ['one'],
      });
      yield server({
        name: 'b',
        issuer: 'one',
        commonName: 'b',
        sans: { dns: ['b.example'], ips: [] },
        accepts: ['top'],
      });
      yield client({ name: 'known', issuer: 'one', commonName: 'known', connects: [{ to: 'a', at: 'each' }] });
      yield client({ name: 'sister', issuer: 'other', commonName: 'sister' });
    },
  };
  const results = await tried(ofTestkit(await memoryPki(testCluster(), { components: [family] })));
  t.deepEqual(
    results.filter(({ outcome }) => outcome !== 'planned'),
    [],
  );
  const state = (client: string, server: string) =>
    results.find(({ attempt }) => attempt.client === client && attempt.server === server)?.attempt.state;
  t.is(state('known', 'a'), 'needed');
  t.is(state('sister', 'a'), 'refused');
  // The root stands over both, and each sends the authority between.
  t.is(state('known', 'b'), 'possible');
  t.is(state('sister', 'b'), 'possible');
});
