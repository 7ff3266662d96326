import { isServer, type LeafSpec, type Plan, type Server, type Spec } from '@kubepki/core';

/** A client and a server of a plan, whether they talk or not. */
export type Pair = { readonly client: LeafSpec; readonly server: Server };

/** Clients of one name times servers of another: up to so many pairs of a kind are all tried. */
const whole = 36;

/**
 * Every client with every server, name by name in plan order. Of a kind (a client's name and a server's) that has
 * many pairs, those of the first and the last client with the first and the last server and the one on its own node,
 * unless all are wanted.
 */
export function* pairs(plan: Plan, all: boolean): Generator<Pair> {
  const clients = byName(plan.specs.filter(isClient));
  const servers = byName(plan.specs.filter(isServer));
  for (const some of clients.values()) {
    for (const client of some) {
      for (const others of servers.values()) {
        const sampled = !all && some.length * others.length > whole;
        for (const server of sampled ? sample(client, { some, others }) : others) yield { client, server };
      }
    }
  }
}

/** Whether a spec can be presented by a client. */
export function isClient(spec: Spec): spec is LeafSpec {
  return spec.kind === 'leaf' && spec.usages.includes('client');
}

function sample(
  client: LeafSpec,
  { some, others }: { readonly some: readonly LeafSpec[]; readonly others: readonly Server[] },
): readonly Server[] {
  if (client !== some[0] && client !== some.at(-1)) return [];
  const chosen = [others[0], others.find(({ node }) => node === client.node), others.at(-1)];
  return [...new Set(chosen)].filter((server) => server !== undefined);
}

/** Specs by their names, both in plan order. */
export function byName<T extends Spec>(specs: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const spec of specs) {
    const group = groups.get(spec.name);
    if (group === undefined) groups.set(spec.name, [spec]);
    else group.push(spec);
  }
  return groups;
}
