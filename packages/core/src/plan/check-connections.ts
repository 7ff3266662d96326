import type { Problem } from '../error.ts';
import { targets, trusts } from './connections.ts';
import { type Finding, problemOf } from './finding.ts';
import { lookup, type Server } from './lookup.ts';
import type { Plan } from './plan.ts';
import type { Connection, LeafSpec } from './spec.ts';

/** Every client must find its servers, and every server must trust the authority of its clients. */
export function* checkConnections(plan: Plan): Generator<Problem> {
  for (const client of plan.specs) {
    if (client.kind !== 'leaf') continue;
    for (const connection of client.connects) {
      for (const finding of checkConnection(plan, { client, connection })) yield problemOf(client, finding);
    }
    // Where a server names its client the client knows nothing of it.
    for (const server of lookup(plan).serversOfClient.get(client.name) ?? []) {
      if (client.connects.some(({ to }) => to === server.name)) continue;
      for (const finding of checkNamed(plan, { client, server })) yield problemOf(server, finding);
    }
  }
}

function* checkConnection(
  plan: Plan,
  { client, connection }: { readonly client: LeafSpec; readonly connection: Connection },
): Generator<Finding> {
  const { servers } = lookup(plan);
  const { to } = connection;
  if (!servers.has(to)) {
    yield {
      message: `it connects to ${to}, and nothing of that name answers`,
      hint: `the servers are: ${[...servers.keys()].join(', ')}`,
    };
    return;
  }
  if (!client.usages.includes('client')) {
    yield {
      message: `it connects to ${to} but is not a client certificate`,
      hint: 'make it with client or peer, or leave `connects` out',
    };
  }
  const found = targets(plan, { client, connection });
  if (found.length === 0) {
    yield { message: `its node has no ${to} to connect to`, hint: 'connect to the endpoint instead' };
    return;
  }
  const deaf = found.find((server) => !trusts(plan, { client, server }));
  if (deaf === undefined) return;
  yield {
    message: `${deaf.id} of component ${deaf.component} would refuse it: ${why(plan, { client, server: deaf })}`,
    hint: together,
  };
}

function* checkNamed(
  plan: Plan,
  { client, server }: { readonly client: LeafSpec; readonly server: Server },
): Generator<Finding> {
  if (!client.usages.includes('client')) {
    yield {
      message: `it names ${client.id} as its client, and that is not a client certificate`,
      hint: 'name certificates of clients in `clients`',
    };
  } else if (!trusts(plan, { client, server })) {
    yield {
      message: `it names ${client.id} as its client and would refuse it: ${why(plan, { client, server })}`,
      hint: together,
    };
  }
}

const together = 'let one authority stand behind both, or give the client a certificate of its own for this server';

function why(plan: Plan, { client, server }: { readonly client: LeafSpec; readonly server: Server }): string {
  const trusted = [...new Set(server.accepts.flatMap((use) => plan.uses[use]?.trusts ?? []))];
  return `it trusts ${trusted.join(', ') || 'nobody'}, and ${client.id} is signed by ${plan.uses[client.issuer]?.signs ?? 'nobody'}`;
}
