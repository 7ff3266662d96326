import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { webhook } from './index.ts';

testComponent(test, webhook, {
  options: [{ services: [{ name: 'policy' }, { name: 'metrics', aggregated: true, port: 8443 }] }],
});

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'example.test',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane', 'worker'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

const plan = (...services: object[]): readonly object[] => [...webhook.from({ services }).plan(cluster)];

test('A webhook has a certificate for the names of its Service, and a Secret in its namespace', (t) => {
  t.deepEqual(plan({ name: 'policy', namespace: 'security' }), [
    {
      kind: 'leaf',
      name: 'webhook/security/policy',
      issuer: 'cluster/server',
      usages: ['server'],
      commonName: 'policy',
      sans: {
        dns: ['policy.security', 'policy.security.svc', 'policy.security.svc.example.test'],
        ips: [],
      },
      port: 443,
      secret: { namespace: 'security', name: 'policy-tls' },
    },
  ]);
});

test('An aggregated API server accepts the front proxy, which is its client', (t) => {
  t.deepEqual(plan({ name: 'metrics-server', aggregated: true, port: 10250 }), [
    {
      kind: 'leaf',
      name: 'webhook/kube-system/metrics-server',
      issuer: 'cluster/server',
      usages: ['server'],
      commonName: 'metrics-server',
      sans: {
        dns: [
          'metrics-server.kube-system',
          'metrics-server.kube-system.svc',
          'metrics-server.kube-system.svc.example.test',
        ],
        ips: [],
      },
      port: 10250,
      secret: { namespace: 'kube-system', name: 'metrics-server-tls' },
      accepts: ['front-proxy/client'],
      clients: ['front-proxy-client'],
    },
  ]);
});

test('Nothing is planned where no service is named', (t) => {
  t.deepEqual([...webhook().plan(cluster)], []);
});

const refuses = test.macro((t, service: object, ...where: string[]) => {
  const error = t.throws(() => webhook.from({ services: [service] }), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

const first = 'component webhook.services.0';
test('A service has a name', refuses, {}, `${first}.name`);
test(
  'Each wrong field is named',
  refuses,
  { name: 'a.b', namespace: 'A', aggregated: 'yes', port: 0 },
  `${first}.name`,
  `${first}.namespace`,
  `${first}.aggregated`,
  `${first}.port`,
);
test('A name of 64 characters is refused', refuses, { name: 'a'.repeat(64) }, `${first}.name`);
test('An unknown field is refused', refuses, { name: 'policy', ports: [443] }, first);
