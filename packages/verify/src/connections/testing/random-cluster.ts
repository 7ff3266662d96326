import fc from 'fast-check';
import { componentsOf, endpointOf, exceptionsOf, keysOf, lives, users } from './random-choices.ts';

const families = ['4', '6', '4 6', '6 4'] as const;
type Families = (typeof families)[number];
type Serving = false | 'kubelet' | 'all';
const subnets = { 4: '10.96.0.0/16', 6: 'fd00:10:96::/112' } as const;

/** Who else stands behind an authority or a use. */
const mapped: readonly object[] = [
  { 'front-proxy-ca': 'ca' },
  { 'etcd/ca': 'ca' },
  { 'etcd/ca': 'front-proxy-ca' },
  { 'kubelet/server': 'front-proxy-ca' },
];
/** The same, of authorities and uses that there are only with an etcd of this cluster. */
const ofEtcd: readonly object[] = [{ ca: 'etcd/ca' }, { 'etcd/peer': 'ca' }, { 'front-proxy/client': 'etcd/ca' }];

/** A cluster file's value. */
export type RandomCluster = Readonly<Record<string, unknown>> & {
  readonly nodes: readonly { readonly name: string; readonly roles?: readonly string[] }[];
};

/** Random clusters that a file can describe, of at most so many nodes. What lives the shortest lives 12 days. */
export const randomCluster = (most = 6): fc.Arbitrary<RandomCluster> =>
  fc
    .record({
      profile: fc.constantFrom('strict', 'strict', 'kubeadm'),
      family: fc.constantFrom(...families),
      more: fc.array(
        fc.constantFrom(['control-plane'], ['control-plane', 'worker'], ['worker'], ['worker'], ['etcd']),
        {
          maxLength: most - 1,
        },
      ),
      external: fc.constantFrom(false, false, false, true),
      serving: fc.constantFrom<Serving>(false, false, 'kubelet', 'all'),
      version: fc.integer({ min: 28, max: 37 }),
      authorities: fc.constantFrom<unknown>('separate', 'separate', 'single', ...mapped, ...ofEtcd),
    })
    .chain((its) => {
      const external =
        its.external && !its.more.flat().includes('etcd') && !ofEtcd.some((one) => one === its.authorities);
      return fc.record(
        {
          name: fc.constantFrom('kubernetes', 'prod', 'a b', 'clüster'),
          kubernetesVersion: fc.constant(`1.${its.version}`),
          nodes: fc.constant(nodesOf(its.more, its.family)),
          serviceSubnets: fc.constant(its.family.split(' ').map((family) => subnets[family as '4' | '6'])),
          etcd: fc.constantFrom(...(external ? externals(its.family) : ['nodes'])),
          profile: fc.constant(its.profile),
          authorities: fc.constant(its.authorities),
          apiserverClients: fc.constant(clientsOf({ ...its, external })),
          keys: keysOf(its),
          controlPlaneEndpoint: endpointOf(its.family),
          dnsDomain: fc.constantFrom('cluster.local', 'k8s.example.com'),
          validity: lives,
          layout: fc.record({ tree: fc.constantFrom('nodes', 'nodes', 'flat'), names: fc.constantFrom('crt', 'pem') }),
          users,
          certificates: exceptionsOf(its.profile),
          components: componentsOf(its.profile),
        },
        {
          requiredKeys: [
            'nodes',
            'serviceSubnets',
            'kubernetesVersion',
            'profile',
            'authorities',
            'etcd',
            'apiserverClients',
          ],
        },
      );
    })
    .map((file) => ({ ...file, nodes: file.nodes ?? [] }));

/** The first node is a control plane; each has an address of each family, and some have names. */
function nodesOf(more: readonly (readonly string[])[], family: Families): RandomCluster['nodes'] {
  return [['control-plane'], ...more].map((roles, index) => {
    const ips = family.split(' ').map((one) => (one === '4' ? `10.0.0.${11 + index}` : `fd00::${11 + index}`));
    const name = index % 2 === 0 ? `n-${index}` : `n${index}.example.internal`;
    const names = index % 3 === 0 ? [`host-${index}.example.internal`] : [];
    return { name, roles, addresses: [...ips, ...names] };
  });
}

const externals = (family: Families) => [
  'external',
  {
    external: {
      endpoints: ['https://etcd-1.example.internal:2379', family.startsWith('4') ? '10.0.9.1' : '[fd00::91]:2379'],
    },
  },
];

/** The serving certificate is presented to etcd only where etcd trusts who signed it. */
function clientsOf({
  serving,
  authorities,
  external,
}: {
  readonly serving: Serving;
  readonly authorities: unknown;
  readonly external: boolean;
}): unknown {
  if (serving === false) return 'dedicated';
  return serving === 'all' && authorities === 'single' && !external ? 'serving' : { kubelet: 'serving' };
}
