import fc from 'fast-check';

/** Mostly P-256, since RSA takes its time; kubeadm has one algorithm for all. */
export function keysOf({
  profile,
  version,
}: {
  readonly profile: string;
  readonly version: number;
}): fc.Arbitrary<unknown> {
  const few = { arbitrary: fc.constantFrom('rsa-2048', 'ecdsa-p384', 'rsa-3072'), weight: 1 };
  const one = fc.oneof({ arbitrary: fc.constant('ecdsa-p256'), weight: 8 }, few);
  if (profile === 'kubeadm')
    return fc.constantFrom('ecdsa-p256', 'ecdsa-p256', 'ecdsa-p256', version >= 31 ? 'rsa-3072' : 'rsa-2048');
  const any = fc.oneof({ arbitrary: one, weight: 4 }, { arbitrary: fc.constant('ed25519'), weight: 1 });
  const each = fc.record({ authorities: any, leaves: any, serviceAccounts: one }, { requiredKeys: [] });
  return fc.oneof(one, each);
}

/** A name or an address at which nothing is sent anywhere. */
export function endpointOf(family: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...['api.example.internal', 'api.example.internal:443'],
    family.startsWith('4') ? '10.0.0.100:6443' : '[fd00::100]:6443',
  );
}

/** From days to decades, so that leaves can end with their authorities. */
export const lives = fc
  .record({
    authorities: fc.integer({ min: 40, max: 12_000 }),
    part: fc.integer({ min: 1, max: 100 }),
    backdate: fc.nat(3600),
  })
  .map(({ authorities, part, backdate }) => ({
    authorities: `${authorities}d`,
    leaves: `${Math.max(12, Math.floor((authorities * part) / 100))}d`,
    backdate: `${backdate}s`,
  }));

/** People, with groups and without. */
export const users = fc.subarray([
  { name: 'jane', groups: ['developers', 'team:a'] },
  { name: 'bob.example.com' },
  { name: 'a.b-c_d', groups: ['ü'] },
  { name: 'root', groups: ['system:masters'], validity: '20d' },
]);

/** More names, other keys and lives of single certificates. */
export function exceptionsOf(profile: string): fc.Arbitrary<unknown> {
  return fc.record(
    {
      apiserver: fc.constant({ sans: ['*.api.example.com', '192.0.2.7', '2001:db8::7'] }),
      'apiserver@n-0': fc.constant({ sans: ['first.example.com'] }),
      admin: fc.constant({ validity: '13d' }),
      ...(profile === 'strict' ? { 'kubelet/client': fc.constant({ keys: 'ecdsa-p384', validity: '14d' }) } : {}),
    },
    { requiredKeys: [] },
  );
}

/** Components that are off by themselves, and options of others. */
export function componentsOf(profile: string): fc.Arbitrary<unknown> {
  const services = fc.subarray([
    { name: 'policy' },
    { name: 'metrics', aggregated: true, port: 4443 },
    { name: 'other', namespace: 'apps', port: 8443 },
  ]);
  return fc.record(
    {
      webhook: fc.record({ services }),
      konnectivity: fc.boolean(),
      'kube-proxy': fc.boolean(),
      scheduler: fc.record({ serving: fc.boolean() }),
      'controller-manager': fc.record({ serving: fc.boolean(), signsRequests: fc.boolean() }),
      apiserver: fc.record({ loopback: fc.boolean(), port: fc.constantFrom(6443, 443) }),
      // kubeadm gives an authority its own name as a DNS name.
      'cluster-ca': fc.constant({ commonName: profile === 'strict' ? 'Ü root' : 'root' }),
      ...(profile === 'strict' ? { kubelet: fc.record({ rotates: fc.boolean(), localEndpoint: fc.boolean() }) } : {}),
    },
    { requiredKeys: [] },
  );
}
