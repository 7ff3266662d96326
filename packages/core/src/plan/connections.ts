import { lookup, type Server } from './lookup.ts';
import type { Plan } from './plan.ts';
import type { Connection, LeafSpec, Use } from './spec.ts';
import { signerOf, trustedBy } from './uses.ts';

/** One client reaching one server at one address. */
export type Link = {
  readonly client: LeafSpec;
  readonly server: Server;
  readonly at: Connection['at'];
  readonly host: string;
  readonly port: number;
};

/** Who talks to whom: every client with every server that it reaches, by address, in plan order. */
export function* connections(plan: Plan): Generator<Link> {
  for (const client of plan.specs) {
    if (client.kind !== 'leaf') continue;
    for (const connection of connectionsOf(plan, client)) {
      for (const server of targets(plan, { client, connection })) {
        const { at } = connection;
        for (const address of addressesOf(plan, { server, at })) yield { client, server, at, ...address };
      }
    }
  }
}

/** A client's own connections, and those in which a server names it. */
export function connectionsOf(plan: Plan, client: LeafSpec): readonly Connection[] {
  const naming = lookup(plan).serversOfClient.get(client.name) ?? [];
  const others = new Set(naming.map((server) => server.name));
  for (const { to } of client.connects) others.delete(to);
  return [...client.connects, ...[...others].map((to) => ({ to, at: 'each' as const }))];
}

/** The servers that a client reaches under one of its connections. */
export function targets(
  plan: Plan,
  { client, connection }: { readonly client: LeafSpec; readonly connection: Connection },
): readonly Server[] {
  const named = lookup(plan).servers.get(connection.to) ?? [];
  return connection.at === 'local' ? named.filter((server) => server.node === client.node) : named;
}

type Address = { readonly host: string; readonly port: number };

/** Where a server is reached: at the cluster's endpoint, or at its own address; at each of them where it is several. */
export function addressesOf(
  plan: Plan,
  { server, at }: { readonly server: Server; readonly at: Connection['at'] },
): readonly Address[] {
  if (server.kind === 'elsewhere') return server.addresses;
  const { endpoint } = plan.cluster;
  const { port = 443, sans } = server;
  if (at === 'endpoint') return [{ host: endpoint.host, port: endpoint.port ?? port }];
  const node = lookup(plan).nodes.get(server.node ?? '');
  const host = node?.ips[0] ?? node?.names[0] ?? sans.dns[0] ?? sans.ips[0];
  return host === undefined ? [] : [{ host, port }];
}

/** `https://host:port`, with an IPv6 address in brackets. */
export function urlOf({ host, port }: Address): string {
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The uses whose authorities a client must trust: those of all servers that it connects to, or of one. */
export function trustUses(
  plan: Plan,
  { client, to }: { readonly client: LeafSpec; readonly to?: string | undefined },
): readonly Use[] {
  const issuers = connectionsOf(plan, client)
    .filter((connection) => to === undefined || connection.to === to)
    .flatMap((connection) => targets(plan, { client, connection })[0] ?? [])
    .flatMap((server) => server.issuer ?? []);
  return [...new Set(issuers)];
}

/** Whether a server trusts the authority that signs a client. */
export function trusts(
  plan: Plan,
  { client, server }: { readonly client: LeafSpec; readonly server: Server },
): boolean {
  const signer = signerOf(plan.uses, client.issuer);
  return signer !== undefined && trustedBy(plan.uses, server.accepts).includes(signer);
}
