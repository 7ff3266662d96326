import {
  type Algorithm,
  type Cluster,
  type Component,
  type Credential,
  type Emitter,
  generate,
  type KeySource,
  type Layout,
  type MemoryTree,
  makePlan,
  memoryTree,
  PkiError,
  type Plan,
  type Policy,
  type Profile,
  trustedBy,
  trustUses,
  type UsesTable,
} from '@kubepki/core';
import { testCluster } from './clusters.ts';
import { fixtureKeys } from './fixture-keys.ts';
import { testLayout } from './layout.ts';
import { pemFiles } from './pem-files.ts';
import { sample } from './sample.ts';
import { standIns } from './stand-ins.ts';
import { testOnly } from './test-only.ts';
import { type TlsOptions, tlsOptions } from './tls-options.ts';

/** What a PKI in memory is made of; by default with the profile `strict` and ECDSA P-256, and now. */
export type MemoryPkiOptions = {
  /** What is planned; one of each kind of thing where it is missing. What they count on and do not plan stands in. */
  readonly components?: readonly Component[];
  readonly emitters?: readonly Emitter[];
  readonly layout?: Layout;
  readonly profile?: Profile;
  /** The kind of all keys. */
  readonly keys?: Algorithm;
  readonly uses?: UsesTable;
  readonly policies?: readonly Policy[];
  readonly source?: KeySource;
  readonly now?: Date;
};

/** A whole PKI that nothing but memory holds. */
export type MemoryPki = {
  readonly plan: Plan;
  /** By id: `apiserver@cp-1`. */
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly files: MemoryTree['files'];
  readonly links: MemoryTree['links'];
  /** A credential by its id. @throws PkiError CREDENTIAL_UNKNOWN */
  credential(id: string): Credential;
  /** What a server or client of this PKI needs for TLS; it trusts whom the plan says. @throws PkiError */
  tlsOptions(id: string): TlsOptions;
};

/**
 * Makes a PKI for a cluster in memory, by the real pipeline. All its authorities say TEST ONLY in their names, and it
 * lives a day.
 * @throws PkiError as planning and generating do
 */
export async function memoryPki(cluster: Cluster = testCluster(), options: MemoryPkiOptions = {}): Promise<MemoryPki> {
  const { emitters = [pemFiles], layout = testLayout, source = fixtureKeys(), now = new Date() } = options;
  const plan = testPlan(cluster, options);
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters, layout, tree, source, now })) {
    credentials.set(credential.spec.id, credential);
  }
  const find = (id: string): Credential => {
    const found = credentials.get(id);
    if (found !== undefined) return found;
    throw new PkiError('CREDENTIAL_UNKNOWN', `this PKI has no ${id}`, {
      hint: `it has ${[...credentials.keys()].join(', ')}`,
    });
  };
  return {
    plan,
    credentials,
    files: tree.files,
    links: tree.links,
    credential: find,
    tlsOptions: (id) => tlsOptions(find(id), { trust: trusted(find(id), plan).map(find) }),
  };
}

/** The plan of a PKI for tests. */
export function testPlan(cluster: Cluster, options: MemoryPkiOptions = {}): Plan {
  const { components = [sample], profile = 'strict', keys = 'ecdsa-p256', uses, policies = [] } = options;
  return makePlan({
    cluster,
    components: [...components, standIns(components)],
    profile,
    keys: { authorities: keys, leaves: keys, serviceAccounts: keys },
    validity: { authorities: 365 * 86_400, leaves: 30 * 86_400 },
    backdate: 300,
    ...(uses ? { uses } : {}),
    policies: [...policies, testOnly],
  });
}

/** The authorities of those that a server accepts, and of those that a client connects to. */
function trusted({ spec }: Credential, plan: Plan): readonly string[] {
  if (spec.kind !== 'leaf') return [];
  return trustedBy(plan.uses, [...spec.accepts, ...trustUses(plan, { client: spec })]);
}
