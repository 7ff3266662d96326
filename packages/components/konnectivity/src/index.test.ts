import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { konnectivity } from './index.ts';

testComponent(test, konnectivity, { options: [{ agentPort: 18132 }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: 'api.example.internal' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11', 'fd00::11'], names: ['cp-1.example.internal'] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
  ],
  etcd: 'nodes',
};

test('Each control plane has an identity that may ask who somebody is, and a serving certificate for the agents', (t) => {
  t.deepEqual<readonly object[], readonly object[]>(
    [...konnectivity().plan(cluster)],
    [
      {
        kind: 'leaf',
        name: 'konnectivity-server',
        node: 'cp-1',
        issuer: 'cluster/client',
        usages: ['client'],
        commonName: 'system:konnectivity-server',
        process: 'konnectivity-server',
        connects: [{ to: 'apiserver', at: 'local' }],
        kubeconfig: { credentials: 'embedded' },
        flags: { '--kubeconfig': { part: 'kubeconfig' } },
        bindings: [
          {
            binding: 'system:konnectivity-server',
            clusterRole: 'system:auth-delegator',
            to: { kind: 'User', name: 'system:konnectivity-server' },
          },
        ],
      },
      {
        kind: 'leaf',
        name: 'konnectivity-agents',
        node: 'cp-1',
        issuer: 'cluster/server',
        usages: ['server'],
        commonName: 'konnectivity-server',
        sans: {
          dns: ['cp-1', 'cp-1.example.internal', 'api.example.internal'],
          ips: ['10.0.0.11', 'fd00::11'],
        },
        process: 'konnectivity-server',
        port: 8132,
        flags: { '--cluster-cert': { part: 'certificate' }, '--cluster-key': { part: 'key' } },
      },
    ],
  );
});

test('An endpoint that is an address is one of the serving certificate', (t) => {
  const [, agents] = [...konnectivity().plan({ ...cluster, endpoint: { host: '10.0.0.10', port: 443 } })];
  t.like(agents, { sans: { dns: ['cp-1', 'cp-1.example.internal'], ips: ['10.0.0.11', 'fd00::11', '10.0.0.10'] } });
});

test('Agents connect to the port that is given', (t) => {
  t.like([...konnectivity({ agentPort: 9132 }).plan(cluster)][1], { name: 'konnectivity-agents', port: 9132 });
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => konnectivity.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('A port is a number from 1 to 65535', refuses, { agentPort: 0 }, 'component konnectivity.agentPort');
test('An unknown option is refused', refuses, { port: 8132 }, 'component konnectivity');
