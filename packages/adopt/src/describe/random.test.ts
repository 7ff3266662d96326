import test from 'ava';
import fc from 'fast-check';
import { makeNow, placesOf } from '../testing/old.ts';
import { clusterTextOf } from './describe.ts';

const label = fc.constantFrom('a', 'b', 'c', 'kube', 'api', 'blue');
const dns = fc.tuple(label, label).map(([host, domain]) => `${host}.${domain}.example.com`);
const san = fc.oneof(
  dns,
  fc.nat(200).map((last) => `192.0.2.${last + 1}`),
  fc.nat(200).map((last) => `2001:db8::${last + 1}`),
);
const sans = fc.uniqueArray(san, { maxLength: 3 });

/** A cluster that kubeadm could have made, and whose ranges are as wide as is usual. */
const cluster = fc
  .record({
    planes: fc.integer({ min: 1, max: 3 }),
    workers: fc.nat(2),
    etcd: fc.constantFrom('stacked', 'stacked', 'nodes', 'external'),
    endpoint: fc.oneof(fc.constant(undefined), dns, fc.constant('192.0.2.250')),
    port: fc.constantFrom(6443, 7443),
    name: fc.constantFrom('kubernetes', 'blue', 'no'),
    dnsDomain: fc.constantFrom('cluster.local', 'k8s.example.org'),
    serviceSubnets: fc.constantFrom(['10.96.0.0/12'], ['10.43.0.0/16'], ['172.20.0.0/16']),
    keys: fc.constantFrom('ecdsa-p256', 'rsa-2048'),
    // The newest of those that certificates alone tell apart.
    kubernetesVersion: fc.constantFrom('1.28', '1.32', '1.37'),
    leaves: fc.constantFrom('1y', '90d', '720h'),
    sans,
    own: sans,
    serverSans: sans,
  })
  .map(({ planes, workers, etcd, endpoint, port, leaves, sans: more, own, serverSans, ...rest }) => {
    const node = (name: string, role: string, last: number) => ({ name, roles: [role], addresses: [`10.0.0.${last}`] });
    const list = (count: number, name: string, role: string, start: number) =>
      Array.from({ length: count }, (_, index) => node(`${name}-${index + 1}`, role, start + index));
    const many = planes > 1 ? (endpoint ?? 'api.example.com') : endpoint;
    return {
      ...rest,
      profile: 'kubeadm',
      nodes: [
        ...list(planes, 'cp', 'control-plane', 11),
        ...(etcd === 'nodes' ? list(1, 'etcd', 'etcd', 31) : []),
        ...list(workers, 'w', 'worker', 51).map(({ addresses: _, ...one }) => one),
      ],
      ...(many === undefined
        ? {}
        : { controlPlaneEndpoint: many.includes(':') ? `[${many}]:${port}` : `${many}:${port}` }),
      ...(etcd === 'external' ? { etcd: 'external' } : {}),
      // Up to 1.30 a leaf begins with its authority, so that nothing tells how long it was to live.
      ...(rest.kubernetesVersion === '1.28' ? {} : { validity: { leaves } }),
      components: {
        apiserver: { ...(port === 6443 ? {} : { port }), sans: more },
        ...(etcd === 'external' ? {} : { etcd: { serverSans } }),
      },
      certificates: own.length > 0 && planes > 1 ? { 'apiserver@cp-1': { sans: own } } : {},
    };
  });

/** What differs in words alone: the order of names, and where one stands. */
function meaning(plan: ReturnType<typeof clusterTextOf>['plan']) {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    ...plan,
    specs: plan.specs.map((spec) =>
      spec.kind === 'leaf' ? { ...spec, sans: { dns: sorted(spec.sans.dns), ips: sorted(spec.sans.ips) } } : spec,
    ),
  };
}

test('Whatever kubeadm was asked for, its PKI is described as what it was asked for', async (t) => {
  await fc.assert(
    fc.asyncProperty(cluster, async (value) => {
      const pki = await makeNow(JSON.stringify(value));
      const { plan, text } = clusterTextOf(placesOf(pki, ''));
      t.deepEqual(meaning(plan), meaning(pki.cluster.plan), `${JSON.stringify(value)}\n${text}`);
    }),
    { numRuns: Number(process.env.RUNS ?? 10) },
  );
});
