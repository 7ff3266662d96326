import type { Cluster } from '../cluster/cluster.ts';
import type { Algorithm } from '../keys/algorithm.ts';
import type { Component } from './component.ts';
import type { Plan, Profile } from './plan.ts';
import type { UsesTable } from './uses.ts';

/** Rewrites a plan: a rule of the house such as "no life over 90 days". It runs before the checks. */
export type Policy = (plan: Plan) => Plan;

/** What an exception changes of the certificates that its selector means. `sans` are added. */
export type Exception = {
  readonly keys?: Algorithm | undefined;
  /** Seconds. */
  readonly validity?: number | undefined;
  readonly sans?: { readonly dns: readonly string[]; readonly ips: readonly string[] } | undefined;
};

/** What a plan is made from. */
export type PlanInput = {
  readonly cluster: Cluster;
  readonly components: readonly Component[];
  readonly profile: Profile;
  readonly keys: { readonly authorities: Algorithm; readonly leaves: Algorithm; readonly serviceAccounts: Algorithm };
  /** Seconds. */
  readonly validity: { readonly authorities: number; readonly leaves: number };
  /** Seconds. */
  readonly backdate: number;
  /** Which authority stands behind which use; each by the component that declares it where it is missing. */
  readonly uses?: UsesTable;
  /** The authorities that somebody else made, by name, and whether their keys are at hand. */
  readonly given?: Readonly<Record<string, { readonly key: boolean }>>;
  readonly exceptions?: Readonly<Record<string, Exception>>;
  readonly policies?: readonly Policy[];
};
