import type { Cluster } from '../cluster/cluster.ts';
import type { Emitter, Layout } from '../emit/file.ts';
import { authority, type Component, client, keyPair, type SpecInput, server } from '../plan/component.ts';
import type { PlanInput } from '../plan/input.ts';
import { makePlan } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';

/** A cluster of two machines for core's own tests. */
export const cluster: Cluster = {
  name: 'small',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [
    { name: 'a', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] },
    { name: 'b', roles: ['worker'], ips: ['10.0.0.12'], names: [] },
  ],
  etcd: 'nodes',
};

/** A component that plans what it is given. */
export function component(name: string, specs: Iterable<SpecInput>): Component {
  return { name, plan: () => specs };
}

/** An authority, a key pair, a server on each node and a client of all of them. */
export function small(): Component {
  return component('small', [
    authority({ name: 'ca', commonName: 'small-ca', serves: ['x/server', 'x/client'] }),
    keyPair({ name: 'sa', serves: ['sa'] }),
    client({ name: 'reader', issuer: 'x/client', commonName: 'reader', connects: [{ to: 'x', at: 'each' }] }),
    ...['a', 'b'].map((node) =>
      server({
        name: 'x',
        node,
        issuer: 'x/server',
        commonName: node,
        sans: { dns: [node], ips: [] },
        accepts: ['x/client'],
      }),
    ),
  ]);
}

export const settings = {
  cluster,
  profile: 'strict',
  keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
  validity: { authorities: 1000 * 86_400, leaves: 100 * 86_400 },
  backdate: 300,
} as const satisfies Omit<PlanInput, 'components'>;

export function smallPlan(change: Partial<PlanInput> = {}): Plan {
  return makePlan({ ...settings, components: [small()], ...change });
}

/** Certificate and key of everything, each in its file, and a list that holds nothing. */
export const pairs: Emitter = {
  name: 'pairs',
  *files(part, { layout, plan }) {
    for (const spec of part.specs) {
      if (spec.kind === 'elsewhere') continue;
      for (const half of spec.kind === 'keypair' ? (['key', 'public'] as const) : (['certificate', 'key'] as const)) {
        const path = layout.path({ spec, part: half }, plan);
        if (path === undefined) continue;
        yield {
          path,
          mode: half === 'key' ? 0o600 : 0o644,
          secret: half === 'key',
          holds: [{ id: spec.id, part: half }],
        };
      }
    }
    if (part.node === undefined)
      yield { path: 'list', mode: 0o644, secret: false, holds: [], content: plan.specs.map(({ id }) => id) };
  },
  render: (file, get) => (file.holds.length > 0 ? file.holds.map(get).join('') : JSON.stringify(file.content)),
  read: (text) => [text],
};

const endings = { certificate: 'crt', key: 'key', public: 'pub' } as const;

export const layout: Layout = {
  path: ({ spec, part }) => (part in endings ? `${spec.id}.${endings[part as keyof typeof endings]}` : undefined),
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o700,
};
