import type { Problem } from '../error.ts';
import { connectionsOf, targets, trusts } from './connections.ts';
import { lookup } from './lookup.ts';
import type { Plan } from './plan.ts';
import type { Connection, LeafSpec } from './spec.ts';

/** Every client must find its servers, and every server must trust the authority of its clients. */
export function* checkConnections(plan: Plan): Generator<Problem> {
  for (const spec of plan.specs) {
    if (spec.kind !== 'leaf') continue;
    for (const connection of connectionsOf(plan, spec)) yield* checkConnection(plan, { client: spec, connection });
  }
}

function* checkConnection(
  plan: Plan,
  { client, connection }: { client: LeafSpec; connection: Connection },
): Generator<Problem> {
  const { servers } = lookup(plan);
  const where = client.id;
  if (!servers.has(connection.to)) {
    yield {
      where,
      message: `component ${client.component}: it connects to ${connection.to}, and nothing of that name answers`,
      hint: `the servers are: ${[...servers.keys()].join(', ')}`,
    };
    return;
  }
  if (!client.usages.includes('client')) {
    yield {
      where,
      message: `component ${client.component}: it connects to ${connection.to} but is not a client certificate`,
    };
  }
  const [first] = targets(plan, { client, connection });
  if (first === undefined) {
    yield {
      where,
      message: `component ${client.component}: its node has no ${connection.to} to connect to`,
      hint: 'connect to the endpoint instead',
    };
    return;
  }
  const deaf = targets(plan, { client, connection }).find((server) => !trusts(plan, { client, server }));
  if (deaf !== undefined) {
    yield {
      where,
      message: `${deaf.id} would refuse it: it trusts ${names(plan, deaf.accepts)}, and ${client.id} is signed by ${plan.uses[client.issuer]?.signs ?? 'nobody'}`,
      hint: 'let one authority stand behind both, or give the client a certificate of its own for this server',
    };
  }
}

function names(plan: Plan, uses: readonly string[]): string {
  const trusted = new Set(uses.flatMap((use) => plan.uses[use]?.trusts ?? []));
  return trusted.size > 0 ? [...trusted].join(', ') : 'nobody';
}
