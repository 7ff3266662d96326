import type { Plan, Server } from '@kubepki/core';
import type { Attempt, Verdict } from './attempt.ts';
import { checksOf, linksOf, type Place } from './links.ts';
import { type Pair, pairs } from './pairs.ts';
import { probes } from './probes.ts';
import { expectedOf, type Rules, rulesOf, signersOf } from './rules.ts';

/**
 * What is tried for a plan, and what is to become of it: every client with every server, then probes of each kind of
 * server. What is accepted follows from what servers accept, not from who connects. Of kinds with many pairs some are
 * chosen, unless all are wanted. Pure.
 */
export function* attempts(plan: Plan, { all = false }: { readonly all?: boolean } = {}): Generator<Attempt> {
  const rules = rulesOf(plan);
  const links = linksOf(plan);
  for (const pair of pairs(plan, all)) {
    yield* ofPair(plan, { ...pair, rules: rules(pair.server), places: links(pair) });
  }
  yield* probes(plan, rules);
}

function* ofPair(
  plan: Plan,
  { client, server, rules, places }: Pair & { readonly rules: Rules; readonly places: readonly Place[] },
): Generator<Attempt> {
  const signers = signersOf(plan, client);
  const expected = expectedOf(rules, { client, signers });
  const common = {
    client: client.id,
    server: server.id,
    probe: false,
    presents: { leaf: client.id },
    ...(server.kind === 'leaf' ? { serves: server.id } : {}),
  } as const;
  for (const place of places) {
    yield {
      ...common,
      state: 'needed',
      why: `it connects to ${server.name} ${at[place.at]}`,
      // Where a plan contradicts itself, what is needed counts.
      expected:
        expected.as === 'refused' ? { as: 'user', name: client.commonName, groups: client.organizations } : expected,
      checks: checksOf(plan, { client, server, place }),
    };
  }
  // Nothing is known of what else a server elsewhere accepts.
  if (places.length > 0 || server.kind !== 'leaf') return;
  yield {
    ...common,
    state: expected.as === 'refused' ? 'refused' : 'possible',
    why: why({ expected, signer: signers[0] ?? 'nobody', rules, server }),
    expected,
  };
}

const at: Readonly<Record<Place['at'], string>> = {
  endpoint: "at the cluster's endpoint",
  local: 'on its own node',
  each: 'on each node',
};

function why({
  expected,
  signer,
  rules,
  server,
}: {
  readonly expected: Verdict;
  readonly signer: string;
  readonly rules: Rules;
  readonly server: Server;
}): string {
  const signed = `${signer} signs it`;
  switch (expected.as) {
    case 'anonymous':
      return `${server.name} asks nobody for a certificate`;
    case 'refused': {
      if (expected.reason === 'name') return `${signed}, and only ${rules.allowed?.join(', ')} may speak for others`;
      const trusted = [...new Set([...rules.users, ...rules.proxies])];
      return `${signed}, and ${server.name} trusts ${trusted.join(', ') || 'nobody'}`;
    }
    default:
      return `${signed}, and ${server.name} trusts that`;
  }
}
