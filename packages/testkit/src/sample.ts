import {
  authority,
  type Cluster,
  type Component,
  client,
  elsewhere,
  keyPair,
  type Node,
  type SpecInput,
  server,
} from '@kubepki/core';

/** One of each kind of thing that a plan can hold, so that an emitter or a program meets them all. */
export const sample: Component = {
  name: 'sample',
  *plan(cluster) {
    yield authority({ name: 'sample/root', commonName: 'TEST ONLY sample root', serves: ['sample/top'] });
    yield authority({
      name: 'sample/ca',
      commonName: 'TEST ONLY sample ca',
      issuer: 'sample/top',
      serves: ['sample/server'],
    });
    yield authority({ name: 'sample/client-ca', commonName: 'TEST ONLY sample client ca', serves: ['sample/client'] });
    yield keyPair({ name: 'sample/tokens', serves: ['sample/tokens'] });
    yield keyPair({ name: 'sample/old-tokens', serves: [] });
    yield* ofCluster(cluster);
    for (const node of cluster.nodes) yield* ofNode(node);
  },
};

function* ofCluster(cluster: Cluster): Generator<SpecInput> {
  yield client({
    name: 'sample/client',
    issuer: 'sample/client',
    commonName: 'sample-client',
    connects: cluster.nodes.length > 0 ? [{ to: 'sample/server', at: 'each' }] : [],
    secret: { namespace: 'sample', name: 'sample-client' },
  });
  yield server({
    name: 'sample/hook',
    issuer: 'sample/server',
    commonName: 'sample-hook',
    sans: { dns: ['hook.sample.svc'], ips: [] },
    accepts: ['sample/client'],
    clients: ['sample/client'],
    secret: { namespace: 'sample', name: 'sample-hook' },
  });
  yield elsewhere({ name: 'sample/outside', accepts: [], addresses: [{ host: 'outside.example.com', port: 443 }] });
  if (!cluster.nodes.some(({ roles }) => roles.includes('control-plane'))) return;
  yield client({
    name: 'sample/person',
    issuer: 'cluster/client',
    commonName: 'sample-person',
    organizations: ['sample:people'],
    person: true,
    connects: [{ to: 'apiserver', at: 'endpoint' }],
    kubeconfig: { credentials: 'embedded' },
    bindings: [
      { binding: 'sample:people', clusterRole: 'view', to: { kind: 'Group', name: 'sample:people' } },
      { binding: 'sample:person', clusterRole: 'edit', to: { kind: 'User', name: 'sample-person' } },
    ],
  });
}

function* ofNode({ name: node, names, ips }: Node): Generator<SpecInput> {
  yield server({
    name: 'sample/server',
    node,
    issuer: 'sample/server',
    commonName: 'sample-server',
    sans: { dns: [node, ...names, 'localhost'], ips: [...ips, '127.0.0.1'] },
    process: 'sample',
    reload: 'rereads',
    port: 9443,
    accepts: ['sample/client'],
    flags: {
      '--tls-cert-file': { part: 'certificate' },
      '--tls-private-key-file': { part: 'key' },
      '--client-ca-file': { of: 'sample/client', part: 'trust' },
      '--cluster-signing-cert-file': { of: 'cluster/client', part: 'certificate' },
      '--cluster-signing-key-file': { of: 'cluster/client', part: 'key' },
      '--tokens-signing-key-file': { of: 'sample/tokens', part: 'key' },
      '--tokens-key-file': { of: 'sample/tokens', part: 'public' },
    },
  });
  yield client({
    name: 'sample/agent',
    node,
    issuer: 'cluster/client',
    commonName: `sample:agent:${node}`,
    organizations: ['sample:agents'],
    process: 'sample-agent',
    connects: [{ to: 'apiserver', at: 'endpoint' }],
    kubeconfig: { credentials: 'path' },
    flags: { '--kubeconfig': { part: 'kubeconfig' }, '--server-ca-file': { to: 'apiserver', part: 'trust' } },
  });
}
