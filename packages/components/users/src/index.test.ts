import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { users } from './index.ts';

testComponent(test, users, {
  options: [
    {
      users: [
        { name: 'jane', groups: ['developers'] },
        { name: 'joe', validity: 3600 },
      ],
    },
  ],
});

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane', 'worker'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

test('Each person has a client certificate with name and groups in a kubeconfig for the endpoint', (t) => {
  const people = [{ name: 'jane', groups: ['developers', 'on-call'], validity: 7_776_000 }, { name: 'Bob.Example' }];
  const common = {
    kind: 'leaf',
    usages: ['client'],
    issuer: 'cluster/client',
    person: true,
    connects: [{ to: 'apiserver', at: 'endpoint' }],
    kubeconfig: { credentials: 'embedded' },
  };
  t.deepEqual<readonly object[], readonly object[]>(
    [...users({ users: people }).plan(cluster)],
    [
      {
        ...common,
        name: 'user/jane',
        commonName: 'jane',
        organizations: ['developers', 'on-call'],
        validity: 7_776_000,
      },
      { ...common, name: 'user/Bob.Example', commonName: 'Bob.Example', organizations: [] },
    ],
  );
});

test('Nobody is planned where nobody is named', (t) => {
  t.deepEqual([...users().plan(cluster)], []);
});

const refuses = test.macro((t, user: object, where: string, message: RegExp) => {
  const error = t.throws(() => users.from({ users: [user] }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
  t.regex(error?.problems[0]?.message ?? '', message);
});

const name = 'component users.users.0.name';
test('An identity of Kubernetes itself is refused', refuses, { name: 'system:node:cp-1' }, name, /system:/);
test('A name that kubepki makes itself is refused', refuses, { name: 'super-admin' }, name, /has already/);
test('A common name that the administrator has is refused', refuses, { name: 'kubernetes-admin' }, name, /has already/);
test('A name that leaves the folder is refused', refuses, { name: '../admin' }, name, /not a name/);
test('A name over 64 bytes is refused', refuses, { name: 'a'.repeat(65) }, name, /65 bytes/);
test(
  'A group with a line break is refused',
  refuses,
  { name: 'jane', groups: ['developers', 'a\nb'] },
  'component users.users.0.groups.1',
  /cannot be seen/,
);
test(
  'A life of no length is refused',
  refuses,
  { name: 'jane', validity: 0 },
  'component users.users.0.validity',
  />0/,
);
test('An unknown field is refused', refuses, { name: 'jane', group: 'x' }, 'component users.users.0', /group/);
