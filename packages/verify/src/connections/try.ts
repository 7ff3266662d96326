import { PkiError, type Plan, type Problem, type Server } from '@kubepki/core';
import type { Attempt, Verdict } from './attempt.ts';
import { attempts } from './attempts.ts';
import { contextsOf } from './contexts.ts';
import { credentialsOf, type Find } from './credentials.ts';
import { problemOf } from './explain.ts';
import { handshakes } from './handshake.ts';
import { identities } from './identity.ts';
import { type Court, judge } from './judge.ts';
import { ordered } from './ordered.ts';
import { rulesOf } from './rules.ts';
import { isSame } from './same.ts';
import { strangersOf } from './strangers.ts';

/** What trying connections needs. */
export type TryInput = {
  readonly plan: Plan;
  /** Looks for what there is of a spec, as `existing.find` does. */
  readonly find: Find;
  /** Tries every pair, however many there are. */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
};

/** What came of an attempt. */
export type Result = { readonly attempt: Attempt } & (
  | { readonly outcome: 'planned'; readonly observed: Verdict; readonly code?: string }
  /** `observed` is missing where a credential is unusable. */
  | { readonly outcome: 'wrong'; readonly observed?: Verdict; readonly code?: string; readonly problem: Problem }
  /** Something is not there; for `elsewhere`, since it is of no plan. */
  | { readonly outcome: 'untried' | 'elsewhere'; readonly problem: Problem }
);

/** So many are under way at a time. */
const window = 8;

/**
 * Tries every connection of a plan by a TLS handshake in memory, and yields what came of each in the order of
 * `attempts`. OpenSSL judges; nothing is sent to any address, and no authority's key is used.
 */
export async function* tryConnections({ plan, find, all = false, signal }: TryInput): AsyncGenerator<Result> {
  const credentials = credentialsOf(plan, find);
  const contexts = contextsOf(credentials, strangersOf(plan, credentials));
  const meet = handshakes();
  const court: Court = {
    identify: identities(),
    shake: async ({ client, server, asks }) =>
      meet({ client: await contexts(client), server: await contexts(server), asks }),
  };
  signal?.throwIfAborted();
  const rules = rulesOf(plan);
  const servers = new Map(plan.specs.map((spec) => [spec.id, spec]));
  const run = (attempt: Attempt) =>
    tried(attempt, (one) => judge(one, { rules: rules(servers.get(attempt.server) as Server), court }));
  for await (const result of ordered(attempts(plan, { all }), { window, run })) {
    signal?.throwIfAborted();
    yield result;
  }
}

type Servable = Attempt & { readonly serves: string };

async function tried(attempt: Attempt, run: (attempt: Servable) => ReturnType<typeof judge>): Promise<Result> {
  const { serves, server } = attempt;
  if (serves === undefined) {
    return {
      attempt,
      outcome: 'elsewhere',
      problem: { where: server, message: 'its certificate is not of this plan' },
    };
  }
  try {
    const observed = await run({ ...attempt, serves });
    const { verdict, code } = observed;
    const seen = { attempt, observed: verdict, ...(code === undefined ? {} : { code }) };
    if (isSame(verdict, attempt.expected)) return { ...seen, outcome: 'planned' };
    return { ...seen, outcome: 'wrong', problem: problemOf({ ...attempt, serves }, observed) };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const [problem = { where: server, message: error.message }] = error.problems;
    return { attempt, outcome: error.code === 'PART_ABSENT' ? 'untried' : 'wrong', problem };
  }
}
