import { type Algorithm, algorithms } from '@kubepki/core';

/** A cluster file as a value, and what it is called in messages. */
export type Cluster = { readonly name: string; readonly value: object };

/** Enough nodes in the clusters below for more than 5,000 certificates. */
const workers = { strict: 18, kubeadm: 14 } as const;
const minors = Array.from({ length: 10 }, (_, index) => 28 + index);

const extras = {
  components: {
    webhook: {
      services: [
        { name: 'policy', namespace: 'security' },
        { name: 'metrics', aggregated: true },
      ],
    },
    konnectivity: true,
    'etcd-clients': { names: ['backup', 'scraper'] },
  },
  users: [
    { name: 'jane', groups: ['developers', 'operators'] },
    { name: 'j.doe_2', groups: ['Größe & Länge', 'team:a@b'] },
  ],
};

const external = { etcd: { external: { endpoints: ['etcd.example.org:2379'] } } };

/** Every pair of algorithms for authorities and leaves, and each release with each algorithm that kubeadm has in it. */
export const clusters: readonly Cluster[] = [
  ...algorithms.flatMap((authorities, row) =>
    algorithms.map((leaves, column) => strict(authorities, leaves, row * algorithms.length + column + row)),
  ),
  ...minors.flatMap((minor, row) => algorithmsOf(minor).map((keys, column) => kubeadm(minor, keys, row + column))),
];

/** One cluster of each profile with all kinds of certificate, for what does not depend on how many nodes there are. */
export function small(keys: Algorithm, profile: 'strict' | 'kubeadm'): Cluster {
  const kinds = profile === 'kubeadm' ? keys : { authorities: keys, leaves: keys, serviceAccounts: 'ecdsa-p256' };
  const value = { profile, keys: kinds, nodes: nodes(1, 1, 'dual'), ...subnets('dual'), ...extras };
  return { name: `${profile} ${keys}`, value };
}

function strict(authorities: Algorithm, leaves: Algorithm, index: number): Cluster {
  const minor = 28 + (index % minors.length);
  const single = index % 2 === 1;
  const families = (['dual', 'ipv4', 'ipv6'] as const)[index % 3] ?? 'dual';
  const etcd = (['nodes', 'own', 'external'] as const)[Math.floor(index / 2) % 3] ?? 'nodes';
  const all = nodes(3, workers.strict, families);
  const value = {
    name: 'proof',
    kubernetesVersion: `1.${minor}`,
    keys: { authorities, leaves, serviceAccounts: 'ecdsa-p256' },
    authorities: single ? 'single' : 'separate',
    controlPlaneEndpoint: 'api.example.internal:6443',
    ...subnets(families),
    ...extras,
    nodes: etcd === 'own' ? [...all, node('etcd-1', 'etcd', 201, families)] : all,
    ...(etcd === 'external' ? { ...external, components: { ...extras.components, 'etcd-clients': false } } : {}),
  };
  return {
    name: `strict 1.${minor}, ${authorities} signs ${leaves}, ${single ? 'single' : 'separate'}, ${families}, etcd ${etcd}`,
    value,
  };
}

function kubeadm(minor: number, keys: Algorithm, index: number): Cluster {
  const elsewhere = index % 3 === 2;
  const families = index % 2 === 1 ? 'dual' : 'ipv4';
  const value = {
    name: 'proof',
    kubernetesVersion: `1.${minor}`,
    profile: 'kubeadm',
    keys,
    controlPlaneEndpoint: 'api.example.internal:6443',
    ...subnets(families),
    nodes: nodes(3, workers.kubeadm, families),
    ...(elsewhere ? external : {}),
  };
  return { name: `kubeadm 1.${minor}, ${keys}, ${families}${elsewhere ? ', etcd external' : ''}`, value };
}

/** As kubeadm has them: ECDSA always, more sizes of RSA from 1.31 on, P-384 from 1.34 on. */
export function algorithmsOf(minor: number): readonly Algorithm[] {
  if (minor < 31) return ['rsa-2048', 'ecdsa-p256'];
  const known: readonly Algorithm[] = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ecdsa-p256'];
  return minor < 34 ? known : [...known, 'ecdsa-p384'];
}

type Families = 'dual' | 'ipv4' | 'ipv6';

function subnets(families: Families): object {
  return { serviceSubnets: pick(families, '10.96.0.0/12', 'fd00:10:96::/112') };
}

function nodes(controlPlanes: number, count: number, families: Families): readonly object[] {
  const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1);
  return [
    ...numbers(controlPlanes).map((number) => node(`cp-${number}`, 'control-plane', 10 + number, families)),
    ...numbers(count).map((number) => node(`w-${number}`, 'worker', 100 + number, families)),
  ];
}

function node(name: string, role: string, number: number, families: Families): object {
  const addresses = pick(families, `10.0.0.${number}`, `fd00::${number}`);
  return { name, roles: [role], addresses: [...addresses, `${name}.example.internal`] };
}

function pick(families: Families, ipv4: string, ipv6: string): readonly string[] {
  if (families === 'dual') return [ipv4, ipv6];
  return [families === 'ipv4' ? ipv4 : ipv6];
}
