import {
  type Cluster,
  type Component,
  type Emitter,
  type EmitterHost,
  type Layout,
  type Plan,
  type PlanInput,
  type Policy,
  type Problem,
  planWarnings,
} from '@kubepki/core';
import { type ChosenAuthorities, chooseAuthorities, type GivenFiles } from './authorities.ts';
import { type Catalog, catalog, isMaker, pluginName } from './catalog.ts';
import { makeForeignPlan } from './config/make-plan.ts';
import { distributions } from './distributions/index.ts';
import { withDistribution } from './distributions/with-distribution.ts';
import type { ClusterFile } from './file/schema.ts';
import { flatLayout } from './layouts/flat.ts';
import { recipesLayout } from './layouts/recipes.ts';
import { permitted } from './permissions/permitted.ts';
import { profiles } from './profiles/index.ts';
import type { ComponentOptions, ProfilePreset } from './profiles/preset.ts';
import { staggered } from './profiles/staggered.ts';

/** All that a cluster file means: the plan, and how it is carried out. */
export type Assembled = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  readonly layout: Layout;
  /** The files of authorities that somebody else made, by the authority's name, as the cluster file names them. */
  readonly given: Readonly<Record<string, GivenFiles>>;
  readonly warnings: readonly Problem[];
  /** So many seconds before its end a certificate is due for renewal. */
  readonly renewBefore: number;
};

/** What a generator has of its own: all its plugins, and rules that come after those of the profile. */
export type Extension = {
  readonly catalog?: Catalog;
  readonly policies?: readonly Policy[];
  /** What lends emitters the secrets that their options name. */
  readonly host?: EmitterHost;
};

/** Puts plugins together as a cluster file and its profile choose. @throws PkiError PLAN_INVALID and those of its parts */
export function assemble(
  file: ClusterFile,
  cluster: Cluster,
  { catalog: plugins = catalog, policies = [], host }: Extension = {},
): Assembled {
  const profile = withDistribution(profiles[file.profile], distributions[file.distribution]);
  const authorities = chooseAuthorities(file.authorities);
  const {
    authorities: authorityKeys = profile.algorithm,
    leaves = profile.algorithm,
    serviceAccounts = profile.algorithm,
  } = file.keys ?? {};
  const input: PlanInput = {
    cluster,
    components: chooseComponents(file, { plugins, cluster, profile, authorities }),
    profile: file.profile,
    keys: { authorities: authorityKeys, leaves, serviceAccounts },
    validity: file.validity,
    backdate: file.validity.backdate,
    uses: authorities.table,
    given: Object.fromEntries(
      Object.entries(authorities.given).map(([name, { key }]) => [name, { key: key !== undefined }]),
    ),
    exceptions: file.certificates,
    policies: [
      ...profile.policies,
      ...((file.validity.stagger ?? profile.staggers) ? [staggered(ownLives(file))] : []),
    ],
  };
  const plan = makeForeignPlan(input, policies);
  return {
    plan,
    ...permitted(file.permissions, {
      emitters: chooseEmitters(file, { plugins, profile, host }),
      layout: (trees[file.layout.tree] ?? profile.layout)({ names: file.layout.names }),
    }),
    given: authorities.given,
    warnings: planWarnings(plan),
    renewBefore: file.validity.renewBefore,
  };
}

// One folder for all nodes goes before what a profile or a distribution has.
const trees = { nodes: undefined, flat: flatLayout, recipes: recipesLayout } as const;

/** What has a life of its own by the cluster file. */
function ownLives({ certificates }: ClusterFile): readonly string[] {
  return Object.keys(certificates).filter((selector) => certificates[selector]?.validity !== undefined);
}

type Choice = boolean | Readonly<Record<string, unknown>> | undefined;
type Options = Readonly<Record<string, object | undefined>>;

/** Whether a plugin is on, and its options: the profile's, under the file's own. */
function chosen(
  name: string,
  {
    choice,
    profile,
    options = {},
  }: { readonly choice: Choice; readonly profile: ProfilePreset; readonly options?: object | undefined },
): object | undefined {
  const off: readonly string[] = profile.off;
  if (choice === false || (choice === undefined && off.includes(name))) return undefined;
  return typeof choice === 'object' ? { ...options, ...choice } : options;
}

function chooseComponents(
  file: ClusterFile,
  {
    plugins,
    cluster,
    profile,
    authorities,
  }: {
    readonly plugins: Catalog;
    readonly cluster: Cluster;
    readonly profile: ProfilePreset;
    readonly authorities: ChosenAuthorities;
  },
): readonly Component[] {
  const preset: Options = profile.options(cluster, file.validity);
  const derived: Options = derivedOptions(file, authorities);
  return plugins.components.flatMap((plugin) => {
    if (!isMaker(plugin)) return [plugin];
    const name = pluginName(plugin);
    const choice = choicesOf(file.components)[name];
    const options = chosen(name, { choice, profile, options: { ...preset[name], ...derived[name] } });
    return options === undefined ? [] : [plugin.from(options)];
  });
}

function choicesOf(section: object): Readonly<Record<string, Choice>> {
  return section as Readonly<Record<string, Choice>>;
}

/** Options that follow from other fields of the cluster file. */
function derivedOptions(file: ClusterFile, { given }: ChosenAuthorities): ComponentOptions {
  const frontProxy = choicesOf(file.components)['front-proxy'] !== false;
  // Without its key somebody else's authority cannot sign requests from inside the cluster.
  const keyless = given.ca !== undefined && given.ca.key === undefined;
  const foreign = file.etcd !== 'nodes' && !knowsEtcd(file.authorities);
  return {
    users: { users: [...file.users] },
    etcd: { authority: !foreign },
    apiserver: { frontProxy, clients: { ...file.apiserverClients, ...(foreign ? { etcd: 'none' } : {}) } },
    'controller-manager': { frontProxy, ...(keyless ? { signsRequests: false } : {}) },
  };
}

/** Whether it is said who signs for an etcd that is elsewhere; it has its own authority, and without that nothing can be signed. */
function knowsEtcd(authorities: ClusterFile['authorities']): boolean {
  if (typeof authorities === 'string') return authorities === 'single';
  const both = authorities['etcd/client'] !== undefined && authorities['etcd/server'] !== undefined;
  return both || authorities['etcd/ca'] !== undefined;
}

function chooseEmitters(
  file: ClusterFile,
  {
    plugins,
    profile,
    host,
  }: { readonly plugins: Catalog; readonly profile: ProfilePreset; readonly host: EmitterHost | undefined },
): readonly Emitter[] {
  return plugins.emitters.flatMap((plugin) => {
    if (!isMaker(plugin)) return [plugin];
    const name = pluginName(plugin);
    const options = chosen(name, { choice: choicesOf(file.emitters)[name], profile });
    return options === undefined ? [] : [plugin.from(options, host)];
  });
}
