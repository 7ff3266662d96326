import { addressesOf, type Connection, connectionsOf, type Plan, targets, trustedBy, trustUses } from '@kubepki/core';
import type { Attempt } from './attempt.ts';
import type { Pair } from './pairs.ts';

/** Where one client reaches one server, as a plan's connections have it. */
export type Place = { readonly at: Connection['at']; readonly host: string; readonly port: number };

/** Tells the connections of one client to one server, each address once; none: nobody needs it. */
export function linksOf(plan: Plan): (pair: Pair) => readonly Place[] {
  // A client is asked about many servers in a row.
  let last: { readonly client: Pair['client']; readonly connections: readonly Connection[] } | undefined;
  return ({ client, server }) => {
    if (last?.client !== client) last = { client, connections: connectionsOf(plan, client) };
    const found = new Map<string, Place>();
    for (const connection of last.connections) {
      if (connection.to !== server.name || !targets(plan, { client, connection }).includes(server)) continue;
      const { at } = connection;
      for (const { host, port } of addressesOf(plan, { server, at })) {
        const key = `${host} ${port}`;
        if (!found.has(key)) found.set(key, { at, host, port });
      }
    }
    return [...found.values()];
  };
}

/** What a client checks a server by: the address, and the authorities that the plan has it trust there. */
export function checksOf(
  plan: Plan,
  { client, server, place }: Pair & { readonly place: Place },
): NonNullable<Attempt['checks']> {
  const { host, port } = place;
  return { host, port, trusts: trustedBy(plan.uses, trustUses(plan, { client, to: server.name })) };
}
