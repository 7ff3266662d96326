import { isServer, type LeafSpec, type Plan, type Server, type Spec, signerOf, trustedBy, trusts } from '@kubepki/core';
import { groupBy } from '../text/group.ts';
import { visible } from '../text/visible.ts';
import { listed } from '../text/words.ts';
import { isMaster, masters } from './frames.ts';

/** `everything`: past every authorizer. `wide`: as good as everything by one more step. */
export type Reach = 'everything' | 'wide' | 'bounded';

/** One thing that the holder of a credential can do. */
export type Power = { readonly reach: Reach; readonly text: string };

/** What can be done with a credential, by what each server of the plan accepts. The strongest comes first. */
export function powersOf(plan: Plan, spec: Spec): readonly Power[] {
  const found = spec.kind === 'leaf' ? leafPowers(plan, spec) : sourcePowers(plan, spec);
  const order: readonly Reach[] = ['everything', 'wide', 'bounded'];
  return [...found].sort((a, b) => order.indexOf(a.reach) - order.indexOf(b.reach));
}

/** What keys do that sign others, by the uses that stand behind them. */
function* sourcePowers({ uses }: Plan, { name, kind }: Spec): Generator<Power> {
  if (kind === 'elsewhere') return;
  const signs = Object.keys(uses).filter((use) => uses[use]?.trusts.includes(name));
  for (const use of signs) {
    const known = Object.hasOwn(signing, use) ? signing[use as keyof typeof signing] : undefined;
    yield known ?? { reach: 'bounded', text: `whoever has its key can be anybody of the use ${visible(use)}` };
  }
}

const signing = {
  'cluster/client': {
    reach: 'everything',
    text: `whoever has its key can be any user in any group, ${masters} among them`,
  },
  'cluster/server': { reach: 'wide', text: 'whoever has its key can pass for an API server' },
  'kubelet/server': { reach: 'wide', text: 'whoever has its key can pass for any kubelet' },
  'etcd/client': { reach: 'everything', text: 'whoever has its key can read and change all of etcd' },
  'etcd/server': { reach: 'wide', text: 'whoever has its key can pass for etcd' },
  'etcd/peer': { reach: 'everything', text: 'whoever has its key can join etcd as a member' },
  'front-proxy/client': { reach: 'everything', text: 'whoever has its key can name any user to the API server' },
  sa: { reach: 'wide', text: 'whoever has its key can be any service account of any namespace' },
} as const satisfies Readonly<Record<string, Power>>;

function* leafPowers(plan: Plan, leaf: LeafSpec): Generator<Power> {
  if (leaf.usages.includes('server')) {
    const names = [...leaf.sans.dns, ...leaf.sans.ips].map((name) => visible(name));
    if (names.length > 0) yield { reach: 'bounded', text: `answer as ${listed(names, 3)}` };
  }
  if (!leaf.usages.includes('client')) return;
  const told = new Set<string>();
  for (const server of serversOf(plan)) {
    if (!trusts(plan, { client: leaf, server })) continue;
    for (const power of powersAt(plan, { leaf, server })) {
      if (told.has(power.text)) continue;
      told.add(power.text);
      yield power;
    }
  }
}

const servers = new WeakMap<Plan, readonly Server[]>();

/** One server of each name, since those of a name accept the same. */
function serversOf(plan: Plan): readonly Server[] {
  const known = servers.get(plan);
  if (known !== undefined) return known;
  const found = [...groupBy(plan.specs.filter(isServer), ({ name }) => name).values()].flatMap((same) =>
    same.slice(0, 1),
  );
  servers.set(plan, found);
  return found;
}

function* powersAt(
  plan: Plan,
  { leaf, server }: { readonly leaf: LeafSpec; readonly server: Server },
): Generator<Power> {
  const signer = signerOf(plan.uses, leaf.issuer) ?? '';
  const isKnownUnder = (use: string) => server.accepts.includes(use) && trustedBy(plan.uses, [use]).includes(signer);
  if (isKnownUnder('cluster/client')) yield* userPowers(leaf);
  if (isKnownUnder('front-proxy/client') && mayVouch(plan, { leaf, server })) {
    yield { reach: 'wide', text: `name any user to ${visible(server.name)}, which believes it` };
  }
  if (isKnownUnder('etcd/client')) {
    yield { reach: 'wide', text: 'read and change all of etcd, every Secret too, past the API server' };
  }
  if (isKnownUnder('etcd/peer')) yield { reach: 'wide', text: 'be a member of etcd' };
  const others = server.accepts.filter((use) => !Object.hasOwn(signing, use) && isKnownUnder(use));
  if (others.length > 0) yield { reach: 'bounded', text: `talk to ${visible(server.name)}` };
}

/**
 * Proxies are believed that have one of the names that a server is told, or else those that the API server publishes;
 * no list allows any name (kubernetes/apiserver pkg/authentication/request/headerrequest).
 */
function mayVouch(plan: Plan, { leaf, server }: { readonly leaf: LeafSpec; readonly server: Server }): boolean {
  const allowed =
    allowedNames(server) ??
    serversOf(plan)
      .map(allowedNames)
      .find((names) => names !== undefined);
  return allowed === undefined || allowed.includes(leaf.commonName);
}

function allowedNames(server: Server): readonly string[] | undefined {
  const flag = server.kind === 'leaf' ? server.flags['--requestheader-allowed-names'] : undefined;
  return typeof flag === 'string' && flag !== '' ? flag.split(',') : undefined;
}

/** What a user may do at the API server. */
function* userPowers(leaf: LeafSpec): Generator<Power> {
  if (isMaster(leaf)) {
    yield {
      reach: 'everything',
      text: `everything in the cluster, past RBAC (${masters}); nothing takes it back before it ends`,
    };
    return;
  }
  for (const { clusterRole, binding, to } of leaf.bindings) {
    const by = `by the binding ${visible(binding)} of ${to.kind.toLowerCase()} ${visible(to.name)}`;
    if (clusterRole === 'cluster-admin')
      yield { reach: 'wide', text: `everything that RBAC gives (cluster-admin), ${by}` };
    else yield { reach: 'bounded', text: `what ClusterRole ${visible(clusterRole)} allows, ${by}` };
  }
  if (leaf.organizations.includes('system:nodes') && leaf.commonName.startsWith('system:node:')) {
    yield { reach: 'bounded', text: `what a node may: its own Pods and what these need (Node authorizer)` };
  }
  const role = Object.hasOwn(bootstrap, leaf.commonName)
    ? bootstrap[leaf.commonName as keyof typeof bootstrap]
    : undefined;
  if (role !== undefined)
    yield { reach: role.reach, text: `what ClusterRole ${role.name} allows, bound by Kubernetes itself` };
  if (leaf.bindings.length === 0 && role === undefined && !leaf.organizations.includes('system:nodes')) {
    yield { reach: 'bounded', text: `what bindings give to ${identityOf(leaf)}` };
  }
}

/** What Kubernetes binds by itself (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go). */
const bootstrap = {
  'system:kube-controller-manager': { name: 'system:kube-controller-manager', reach: 'wide' },
  'system:kube-scheduler': { name: 'system:kube-scheduler', reach: 'bounded' },
  'system:kube-proxy': { name: 'system:node-proxier', reach: 'bounded' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly reach: Reach }>>;

/** Whom Kubernetes takes its holder for. */
export function identityOf({ commonName, organizations }: LeafSpec): string {
  const groups =
    organizations.length === 0
      ? ''
      : ` in ${listed(
          organizations.map((name) => visible(name)),
          3,
        )}`;
  return `user ${visible(commonName)}${groups}`;
}
