import { type Cluster, PkiError } from '@kubepki/core';
import { testComponent } from '@kubepki/testkit';
import test from 'ava';
import { frontProxy } from './index.ts';

testComponent(test, frontProxy, { options: [{ commonName: 'example' }] });

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.10' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'cp-2', roles: ['control-plane'], ips: ['10.0.0.12'], names: [] },
    { name: 'w-1', roles: ['worker'], ips: ['10.0.0.21'], names: [] },
    { name: 'etcd-1', roles: ['etcd'], ips: ['10.0.0.31'], names: [] },
  ],
  etcd: 'nodes',
};

test('The aggregation layer has an authority of its own and a client on each control plane, which the API server reads', (t) => {
  const onNode = (node: string) => ({
    kind: 'leaf',
    name: 'front-proxy-client',
    node,
    issuer: 'front-proxy/client',
    usages: ['client'],
    commonName: 'front-proxy-client',
    process: 'kube-apiserver',
    reload: 'rereads',
    flags: { '--proxy-client-cert-file': { part: 'certificate' }, '--proxy-client-key-file': { part: 'key' } },
  });
  t.deepEqual<readonly object[], readonly object[]>(
    [...frontProxy().plan(cluster)],
    [
      { kind: 'authority', name: 'front-proxy-ca', commonName: 'front-proxy-ca', serves: ['front-proxy/client'] },
      onNode('cp-1'),
      onNode('cp-2'),
    ],
  );
});

test("The authority's common name can be another, and the client's stays, since API servers are told that one", (t) => {
  const [authority, client] = [...frontProxy({ commonName: 'example-front-proxy' }).plan(cluster)];
  t.like(authority, { name: 'front-proxy-ca', commonName: 'example-front-proxy' });
  t.like(client, { commonName: 'front-proxy-client' });
});

const refuses = test.macro((t, options: unknown, where: string) => {
  const error = t.throws(() => frontProxy.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    [where],
  );
});

test('A common name that is no text is refused', refuses, { commonName: 7 }, 'component front-proxy.commonName');
test('An unknown option is refused', refuses, { allowedNames: [] }, 'component front-proxy');
