import { planWarnings } from '@kubepki/core';
import { memoryPki, testCluster, testComponent } from '@kubepki/testkit';
import test from 'ava';
import { authorities } from './index.ts';

const table = {
  'client-ca': { commonName: 'clients', serves: ['cluster/client'] },
  'server-ca': { commonName: 'servers', serves: ['cluster/server', 'kubelet/server'] },
  'machines/ca': { commonName: 'machines', serves: ['machines'], keys: 'ed25519' },
} as const;
const options = { authorities: structuredClone(table) as never, apiserverPort: 6443 };

testComponent(test, authorities, { options: [options] });

test('Each entry of the table is an authority, with its own algorithm where it has one', (t) => {
  const { authorities: all } = { authorities: structuredClone(table) as never };
  t.deepEqual<readonly object[], readonly object[]>(
    [...authorities({ authorities: all }).plan(testCluster())],
    [
      { kind: 'authority', name: 'client-ca', ...table['client-ca'] },
      { kind: 'authority', name: 'server-ca', ...table['server-ca'] },
      { kind: 'authority', name: 'machines/ca', ...table['machines/ca'] },
    ],
  );
});

test('With a port there is an API server at the endpoint, which clients check by the authority of servers', async (t) => {
  const [found] = [...authorities({ ...options, authorities: {} }).plan(testCluster())];
  t.like(found, {
    kind: 'elsewhere',
    name: 'apiserver',
    issuer: 'cluster/server',
    accepts: ['cluster/client'],
    addresses: [{ host: 'api.example.com', port: 6443 }],
  });
  const { plan } = await memoryPki(testCluster(), { components: [authorities(options)], emitters: [] });
  t.is(plan.uses['cluster/client']?.signs, 'client-ca');
  t.is(plan.uses['cluster/server']?.signs, 'server-ca');
  t.deepEqual(planWarnings(plan), []);
});
