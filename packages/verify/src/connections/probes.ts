import { addressesOf, isServer, type LeafSpec, type Plan, type Server, trustedBy } from '@kubepki/core';
import type { Attempt, Verdict } from './attempt.ts';
import { linksOf, type Place } from './links.ts';
import { byName, isClient } from './pairs.ts';
import { expectedOf, type Rules, signersOf } from './rules.ts';

/** What nobody does who means well, tried with the first server of each name: each is to be refused for its reason. */
export function* probes(plan: Plan, rules: (server: Server) => Rules): Generator<Attempt> {
  for (const servers of byName(plan.specs.filter(isServer)).values()) {
    const server = servers.find((one) => one.kind === 'leaf');
    if (server === undefined) continue;
    yield* ofClients(plan, { server, rules: rules(server) });
    yield* ofServers(plan, server);
  }
}

type Probed = { readonly server: LeafSpec; readonly rules: Rules };

/** What the server is to refuse. */
function* ofClients(plan: Plan, { server, rules }: Probed): Generator<Attempt> {
  const common = { server: server.id, probe: true, serves: server.id } as const;
  const { refuses, nobody } = rules;
  const state = nobody.as === 'refused' ? 'refused' : 'possible';
  yield { ...common, client: 'no certificate', state, why: 'it presents nothing', expected: nobody };
  if (refuses === undefined) return;
  const refused = (reason: (Verdict & { as: 'refused' })['reason']) =>
    ({ ...common, state: 'refused', expected: { as: 'refused', by: refuses, reason } }) as const;
  const like = welcome(plan, { server, rules });
  if (like !== undefined) {
    const { id } = like;
    const named = `another authority of the same name signs a certificate like that of ${id}`;
    const over = `a certificate like that of ${id}, of an authority that the server trusts, is over`;
    const unborn = `a certificate like that of ${id}, of an authority that the server trusts, has not begun`;
    yield {
      ...refused('authority'),
      client: 'another authority',
      why: named,
      presents: { made: 'stranger', like: id },
    };
    yield { ...refused('expired'), client: 'an expired client', why: over, presents: { made: 'expired', like: id } };
    yield { ...refused('early'), client: 'an early client', why: unborn, presents: { made: 'early', like: id } };
  }
  const trusted = [...rules.users, ...rules.proxies];
  const one = find(plan, (leaf) => !isClient(leaf) && isSignedBy(plan, { leaf, trusted }));
  if (one === undefined) return;
  const why = `${one.id} is a certificate for servers alone`;
  yield { ...refused('usage'), client: 'a server as client', why, presents: { leaf: one.id } };
}

/** What a client of the server is to refuse. */
function* ofServers(plan: Plan, server: LeafSpec): Generator<Attempt> {
  const [place] = addressesOf(plan, { server, at: 'each' });
  if (place === undefined) return;
  const trusts = trustedBy(plan.uses, [server.issuer]);
  const refused = (reason: (Verdict & { as: 'refused' })['reason']) =>
    ({
      server: server.id,
      probe: true,
      state: 'refused',
      expected: { as: 'refused', by: 'client', reason },
      checks: { ...place, trusts },
    }) as const;
  const wrong = { ...place, host: 'another-name.invalid', trusts };
  const asked = `its certificate is not for ${wrong.host}`;
  yield { ...refused('name'), client: 'the wrong name', serves: server.id, checks: wrong, why: asked };
  const other = stranger(plan, { server, place, trusts });
  if (other !== undefined) {
    const reason = isSignedBy(plan, { leaf: other, trusted: trusts }) ? 'name' : 'authority';
    const why = `${other.id} answers in its place`;
    yield { ...refused(reason), client: 'another server', serves: other.id, why };
  }
  const one = find(plan, (leaf) => !isServer(leaf) && isSignedBy(plan, { leaf, trusted: trusts }));
  if (one === undefined) return;
  const why = `${one.id}, a certificate for clients alone, answers in its place`;
  yield { ...refused('usage'), client: 'a client as server', serves: one.id, why };
}

/** A client that the server accepts, rather one that needs it. */
function welcome(plan: Plan, { server, rules }: Probed): LeafSpec | undefined {
  const accepted = (client: LeafSpec) =>
    expectedOf(rules, { client, signers: signersOf(plan, client) }).as !== 'refused';
  const links = linksOf(plan);
  const needs = (client: LeafSpec) => links({ client, server }).length > 0;
  return (
    find(plan, (leaf) => isClient(leaf) && accepted(leaf) && needs(leaf)) ??
    find(plan, (leaf) => isClient(leaf) && accepted(leaf))
  );
}

/** Another server that cannot be taken for this one at its address: rather one of its name, and of its authority. */
function stranger(
  plan: Plan,
  {
    server,
    place,
    trusts,
  }: { readonly server: LeafSpec; readonly place: Pick<Place, 'host'>; readonly trusts: readonly string[] },
): LeafSpec | undefined {
  const others = plan.specs.filter((spec) => spec.kind === 'leaf' && isServer(spec) && !isFor(spec, place.host));
  const leaves = others.filter((spec) => spec.kind === 'leaf');
  const trusted = leaves.filter((leaf) => isSignedBy(plan, { leaf, trusted: trusts }));
  return trusted.find(({ name }) => name === server.name) ?? trusted[0] ?? leaves[0];
}

/** Whether a certificate is for a name or address; `*` stands for one label. */
function isFor({ sans }: LeafSpec, host: string): boolean {
  const any = host.replace(/^[^.]+/, '*');
  return sans.ips.includes(host) || sans.dns.includes(host) || sans.dns.includes(any);
}

function isSignedBy(
  plan: Plan,
  { leaf, trusted }: { readonly leaf: LeafSpec; readonly trusted: readonly string[] },
): boolean {
  return signersOf(plan, leaf).some((signer) => trusted.includes(signer));
}

function find(plan: Plan, wanted: (leaf: LeafSpec) => boolean): LeafSpec | undefined {
  return plan.specs.find((spec): spec is LeafSpec => spec.kind === 'leaf' && wanted(spec));
}
