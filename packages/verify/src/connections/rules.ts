import { authorityOf, type LeafSpec, type Plan, type Server, trustedBy } from '@kubepki/core';
import type { Refuser, Verdict } from './attempt.ts';

/** What a server makes of its clients, as the real ones do. */
export type Rules = {
  /** How it refuses; undefined: it asks for no certificate. */
  readonly refuses: Exclude<Refuser, 'client'> | undefined;
  /** The names of the authorities whose clients are users, by their common name and organizations. */
  readonly users: readonly string[];
  /** The names of the authorities whose clients speak for others. */
  readonly proxies: readonly string[];
  /** The common names that those clients may have; undefined: any. */
  readonly allowed: readonly string[] | undefined;
  /** What becomes of a client without a certificate. */
  readonly nobody: Verdict;
};

const proxyUse = 'front-proxy/client';

/**
 * The rules of a plan's servers. Who accepts clients of the cluster or a front proxy asks for a certificate and
 * answers 401 afterwards; who accepts others refuses in the handshake; who accepts nobody does not ask.
 */
export function rulesOf(plan: Plan): (server: Server) => Rules {
  const facts = { plan, flags: flagsByProcess(plan), published: publishedNames(plan) };
  const known = new Map<string, Rules>();
  return (server) => {
    const rules = known.get(server.id) ?? makeRules(server, facts);
    known.set(server.id, rules);
    return rules;
  };
}

/** The authorities over a leaf by name, its own first: a server that trusts one of them trusts it. */
export function signersOf(plan: Plan, leaf: LeafSpec): readonly string[] {
  const names: string[] = [];
  for (let next = authorityOf(plan, leaf); next !== undefined; next = authorityOf(plan, next)) {
    if (names.includes(next.name)) break;
    names.push(next.name);
  }
  return names;
}

/** What a server makes of a client whose certificate is as planned. */
export function expectedOf(
  rules: Rules,
  { client, signers }: { readonly client: LeafSpec; readonly signers: readonly string[] },
): Verdict {
  const { refuses, users, proxies, allowed } = rules;
  if (refuses === undefined) return { as: 'anonymous' };
  const { commonName: name, organizations: groups } = client;
  const proxy = signers.some((one) => proxies.includes(one));
  const vouches = proxy && mayVouch(allowed, name);
  if (signers.some((one) => users.includes(one))) {
    return { as: 'user', name, groups, ...(vouches ? { vouches } : {}) };
  }
  if (vouches) return { as: 'front-proxy', name };
  return { as: 'refused', by: refuses, reason: proxy ? 'name' : 'authority' };
}

/** Whether a front proxy of that common name is believed. */
export function mayVouch(allowed: Rules['allowed'], name: string): boolean {
  return allowed === undefined || allowed.includes(name);
}

type Flags = ReadonlyMap<string, string>;
type Facts = {
  readonly plan: Plan;
  readonly flags: ReadonlyMap<string, Flags>;
  readonly published: Rules['allowed'];
};

function makeRules(server: Server, { plan, flags, published }: Facts): Rules {
  const { accepts } = server;
  const afterwards = accepts.includes('cluster/client') || accepts.includes(proxyUse);
  const refuses = accepts.length === 0 ? undefined : afterwards ? '401' : 'handshake';
  const own = server.kind === 'leaf' ? namesIn(server.flags[allowedFlag]) : undefined;
  const anonymous = refuses === undefined || (afterwards && letsAnonymous(server, flags));
  return {
    refuses,
    users: trustedBy(
      plan.uses,
      accepts.filter((use) => use !== proxyUse),
    ),
    proxies: accepts.includes(proxyUse) ? trustedBy(plan.uses, [proxyUse]) : [],
    allowed: own ?? published,
    nobody: anonymous ? { as: 'anonymous' } : { as: 'refused', by: refuses ?? '401', reason: 'absent' },
  };
}

const allowedFlag = '--requestheader-allowed-names';

/** What the API server publishes for aggregated servers (kubernetes ConfigMap extension-apiserver-authentication). */
function publishedNames(plan: Plan): Rules['allowed'] {
  for (const spec of plan.specs) {
    const names = spec.kind === 'leaf' ? namesIn(spec.flags[allowedFlag]) : undefined;
    if (names !== undefined) return names;
  }
  return undefined;
}

/** An empty list allows any name (kubernetes apiserver pkg/authentication/request/headerrequest). */
function namesIn(flag: LeafSpec['flags'][string] | undefined): Rules['allowed'] {
  const names = typeof flag === 'string' ? flag.split(',').filter((name) => name !== '') : [];
  return names.length === 0 ? undefined : names;
}

/** What the plan says of the process; else kubelets do not (kubelet config/v1beta1, defaults), and all others do. */
function letsAnonymous(server: Server, flags: Facts['flags']): boolean {
  const process = server.kind === 'leaf' ? server.process : undefined;
  const its = server.kind === 'leaf' && process !== undefined ? flags.get(processOf(server)) : undefined;
  const said = its?.get('--anonymous-auth') ?? its?.get('authentication.anonymous.enabled');
  if (said !== undefined) return said !== 'false';
  return process !== 'kubelet' && server.issuer !== 'kubelet/server';
}

function flagsByProcess(plan: Plan): ReadonlyMap<string, Flags> {
  const found = new Map<string, Map<string, string>>();
  for (const spec of plan.specs) {
    if (spec.kind !== 'leaf' || spec.process === undefined) continue;
    const flags = found.get(processOf(spec)) ?? new Map<string, string>();
    found.set(processOf(spec), flags);
    for (const [name, value] of Object.entries(spec.flags)) if (typeof value === 'string') flags.set(name, value);
  }
  return found;
}

function processOf({ process, node }: LeafSpec): string {
  return `${process} ${node}`;
}
