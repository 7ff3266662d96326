import type { X509Certificate } from 'node:crypto';
import type { Attempt, Presented, Verdict } from './attempt.ts';
import type { End } from './contexts.ts';
import type { Handshake, Sight } from './handshake.ts';
import type { Identity } from './identity.ts';
import { isCertificateFor, reasonOf } from './reasons.ts';
import { mayVouch, type Rules } from './rules.ts';

/** What was seen to become of a connection. */
export type Observed = {
  readonly verdict: Verdict;
  /** OpenSSL's code, or Node's, where somebody refuses. */
  readonly code?: string;
  /** The certificate that is refused, or that the client presented. */
  readonly certificate?: X509Certificate;
};

/** What judging needs from outside. */
export type Court = {
  shake(ends: { readonly client: End; readonly server: End; readonly asks: boolean }): Promise<Handshake>;
  identify(certificate: X509Certificate): Identity;
};

/**
 * Tries one connection. A server with users and front proxies trusts two sets of authorities, and each is a handshake
 * of its own, as each is a check of its own in Kubernetes.
 */
export async function judge(
  attempt: Attempt & { readonly serves: string },
  { rules, court }: { readonly rules: Rules; readonly court: Court },
): Promise<Observed> {
  const { users, proxies } = rules;
  const first = await shake(attempt, { rules, court, trusts: users.length > 0 ? users : proxies });
  if ('code' in first) return broken(first.code);
  const unwilling = judgedByClient(attempt, first.client);
  if (unwilling !== undefined) return unwilling;
  const shown = first.server.sees;
  const { expected } = attempt;
  // Where the client should have refused, nothing else matters.
  const clientsPart = expected.as === 'refused' && expected.by === 'client';
  if (rules.refuses === undefined || clientsPart) return { verdict: { as: 'anonymous' } };
  if (shown === undefined) return { verdict: rules.nobody };
  const identity = court.identify(shown);
  // Who trusts nobody looks all the same.
  const user = users.length > 0 || proxies.length === 0 ? first.server : undefined;
  const proxy = await asProxy(attempt, { rules, court, first: first.server, identity });
  if (proxy !== undefined && 'code' in proxy) return broken(proxy.code);
  return { ...judgedByServer({ rules, user, proxy, identity }), certificate: shown };
}

type Trial = { readonly rules: Rules; readonly court: Court };

function shake(
  { presents, serves, checks }: Attempt & { readonly serves: string },
  { rules, court, trusts }: Trial & { readonly trusts: readonly string[] },
): Promise<Handshake> {
  const asks = rules.refuses !== undefined;
  return court.shake({
    client: { presents, trusts: checks?.trusts ?? [] },
    server: {
      presents: { leaf: serves },
      trusts: asks ? trusts : [],
      alsoOf: isOutOfTime(presents) ? presents : undefined,
    },
    asks,
  });
}

/** Of a certificate out of its time only the time is to be wrong. */
function isOutOfTime(presents: Presented | undefined): boolean {
  return presents !== undefined && 'made' in presents && presents.made !== 'stranger';
}

/** What the server's second look says; nothing where it has no front proxies, or the second look could change nothing. */
async function asProxy(
  attempt: Attempt & { readonly serves: string },
  { rules, court, first, identity }: Trial & { readonly first: Sight; readonly identity: Identity },
): Promise<Sight | { readonly code: string } | undefined> {
  const { users, proxies, allowed } = rules;
  if (proxies.length === 0) return undefined;
  if (users.length === 0 || isSame(users, proxies)) return first;
  if (first.refuses === undefined && !mayVouch(allowed, identity.name)) return undefined;
  const second = await shake(attempt, { rules, court, trusts: proxies });
  return 'code' in second ? second : second.server;
}

function judgedByClient({ checks }: Attempt, { sees, refuses }: Sight): Observed | undefined {
  if (checks === undefined) return undefined;
  const refused = (code: string, reason = reasonOf(code)): Observed => ({
    verdict: { as: 'refused', by: 'client', reason },
    code,
    ...(sees ? { certificate: sees } : {}),
  });
  if (refuses !== undefined) return refused(refuses);
  if (sees === undefined) return refused('ERR_TLS_CERT_ABSENT', 'absent');
  return isCertificateFor(sees, checks.host) ? undefined : refused('ERR_TLS_CERT_ALTNAME_INVALID', 'name');
}

function judgedByServer({
  rules,
  user,
  proxy,
  identity,
}: {
  readonly rules: Rules;
  readonly user: Sight | undefined;
  readonly proxy: Sight | undefined;
  readonly identity: Identity;
}): Observed {
  const vouches = proxy !== undefined && proxy.refuses === undefined;
  const allowed = mayVouch(rules.allowed, identity.name);
  if (user !== undefined && user.refuses === undefined) {
    return { verdict: { as: 'user', ...identity, ...(vouches && allowed ? { vouches } : {}) } };
  }
  if (vouches && allowed) return { verdict: { as: 'front-proxy', name: identity.name } };
  const codes = [user?.refuses, proxy?.refuses].filter((code) => code !== undefined);
  // Of two refusals the one that got further says more.
  const code = codes.find((one) => reasonOf(one) !== 'authority') ?? codes[0];
  const by = rules.refuses ?? 'handshake';
  if (vouches) return { verdict: { as: 'refused', by, reason: 'name' } };
  return code === undefined ? broken('unknown') : { verdict: { as: 'refused', by, reason: reasonOf(code) }, code };
}

function broken(code: string): Observed {
  return { verdict: { as: 'refused', by: 'handshake', reason: 'other' }, code };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
