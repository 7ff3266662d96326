import type { Node } from '../cluster/cluster.ts';
import type { Plan } from './plan.ts';
import type { AuthoritySpec, ElsewhereSpec, KeyPairSpec, LeafSpec, Spec } from './spec.ts';

/** A spec that answers connections; `isServer` tells. */
export type Server = LeafSpec | ElsewhereSpec;

/** A plan's specs and nodes by name. */
export type Lookup = {
  readonly nodes: ReadonlyMap<string, Node>;
  /** The authorities and key pairs. */
  readonly sources: ReadonlyMap<string, AuthoritySpec | KeyPairSpec>;
  /** Everything that answers connections, by name, in plan order. */
  readonly servers: ReadonlyMap<string, readonly Server[]>;
  /** The servers that name their clients, by the client's name. */
  readonly serversOfClient: ReadonlyMap<string, readonly Server[]>;
};

const lookups = new WeakMap<Plan, Lookup>();

/** Looks a plan's things up by name; made once a plan, since a large one is asked often. */
export function lookup(plan: Plan): Lookup {
  const known = lookups.get(plan);
  if (known !== undefined) return known;
  const made = make(plan);
  lookups.set(plan, made);
  return made;
}

function make(plan: Plan): Lookup {
  const all = plan.specs.filter(isServer);
  return {
    nodes: new Map(plan.cluster.nodes.map((node) => [node.name, node])),
    sources: new Map(
      plan.specs.flatMap((spec) => (spec.kind === 'authority' || spec.kind === 'keypair' ? [[spec.name, spec]] : [])),
    ),
    servers: grouped(all.map((server) => [server.name, server])),
    serversOfClient: grouped(
      all.flatMap((server) => (server.kind === 'leaf' ? server.clients : []).map((name) => [name, server] as const)),
    ),
  };
}

/** Whether a spec answers connections. */
export function isServer(spec: Spec): spec is Server {
  return spec.kind === 'elsewhere' || (spec.kind === 'leaf' && spec.usages.includes('server'));
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, value] of pairs) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups;
}
