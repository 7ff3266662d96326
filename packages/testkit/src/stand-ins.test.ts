import { authority, type Component, client, keyPair, makePlan } from '@kubepki/core';
import test from 'ava';
import { testCluster } from './clusters.ts';
import { standIns } from './stand-ins.ts';

const own: Component = {
  name: 'own',
  plan: () => [
    authority({ name: 'ca', commonName: 'ca', serves: ['cluster/client', 'cluster/server', 'kubelet/server'] }),
    keyPair({ name: 'sa', serves: ['sa'] }),
    client({ name: 'x', issuer: 'cluster/client', commonName: 'x', connects: [{ to: 'apiserver', at: 'each' }] }),
  ],
};
const planned = (others: readonly Component[]) => Array.from(standIns(others).plan(testCluster()), ({ name }) => name);

test('what nobody plans stands in', (t) => {
  t.deepEqual(planned([]), ['stand-in/ca', 'stand-in/etcd-ca', 'stand-in/front-proxy-ca', 'stand-in/sa']);
});

test('what somebody plans does not, and of the servers those stand in that are connected to', (t) => {
  t.deepEqual(planned([own]), ['stand-in/etcd-ca', 'stand-in/front-proxy-ca', 'apiserver']);
});

test('a stand-in makes a plan sound', (t) => {
  const day = 86_400;
  const plan = makePlan({
    cluster: testCluster(),
    components: [own, standIns([own])],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 2 * day, leaves: day },
    backdate: 300,
  });
  t.is(plan.uses['cluster/server']?.signs, 'ca');
  t.is(plan.uses['etcd/client']?.signs, 'stand-in/etcd-ca');
});
