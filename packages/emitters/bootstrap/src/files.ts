import {
  addressesOf,
  type Connection,
  type ContentFile,
  connectionsOf,
  type Holding,
  type Layout,
  lookup,
  type Part,
  PkiError,
  type Plan,
  trustedBy,
  urlOf,
} from '@kubepki/core';
import type { Content } from './content.ts';
import type { Token } from './token.ts';

export type Options = {
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly expires?: string | undefined;
};
type Context = { readonly plan: Plan; readonly layout: Layout; readonly options: Options; token(): Token };

const folder = 'manifests/bootstrap';
const installed = 'etc/kubernetes/bootstrap-kubelet.conf';

/** The cluster's own files: a kubeconfig for any machine, the token's Secret, and cluster-info. */
export function* clusterFiles(context: Context): Generator<ContentFile> {
  const { plan, options, token } = context;
  const api = apiOf(plan, 'endpoint');
  if (api === undefined) return;
  checkNodes(context);
  yield kubeconfig('bootstrap/bootstrap-kubelet.conf', { api, context });
  const { groups, expires = null } = options;
  yield {
    path: `${folder}/token.yaml`,
    mode: 0o600,
    secret: true,
    holds: [],
    content: { kind: 'secret', token: token().mark, groups, expires } satisfies Content,
  };
  yield {
    path: `${folder}/cluster-info.yaml`,
    mode: 0o644,
    secret: false,
    holds: api.holds,
    content: { kind: 'cluster-info', server: api.server } satisfies Content,
  };
}

/** The kubeconfig of a node that is named. It reaches the API server as the kubelet there does. */
export function* nodeFiles({ node, specs }: Part, context: Context): Generator<ContentFile> {
  const { plan, options } = context;
  if (node === undefined || !options.nodes.includes(node)) return;
  const kubelet = specs.find((spec) => spec.kind === 'leaf' && spec.name === 'kubelet/client');
  const connections = kubelet?.kind === 'leaf' ? connectionsOf(plan, kubelet) : [];
  const at = connections.find(({ to }) => to === 'apiserver')?.at ?? 'endpoint';
  const api = apiOf(plan, at, node);
  if (api !== undefined) yield kubeconfig(`nodes/${node}/${installed}`, { api, context });
}

type Api = { readonly server: string; readonly holds: readonly Holding[] };

function kubeconfig(path: string, { api, context }: { readonly api: Api; readonly context: Context }): ContentFile {
  const { plan, token } = context;
  return {
    path,
    mode: 0o600,
    secret: true,
    holds: api.holds,
    content: {
      kind: 'kubeconfig',
      cluster: plan.cluster.name,
      server: api.server,
      token: token().mark,
    } satisfies Content,
  };
}

/** Where the API server is reached, and whom its clients trust. */
function apiOf(plan: Plan, at: Connection['at'], node?: string): Api | undefined {
  const servers = lookup(plan).servers.get('apiserver') ?? [];
  const server = (at === 'local' ? servers.find((each) => each.node === node) : undefined) ?? servers[0];
  const [address] = server === undefined ? [] : addressesOf(plan, { server, at });
  if (server?.issuer === undefined || address === undefined) return undefined;
  const trusted = trustedBy(plan.uses, [server.issuer]);
  return { server: urlOf(address), holds: trusted.map((id): Holding => ({ id, part: 'certificate' })) };
}

function checkNodes({ plan, layout, options }: Context): void {
  const known = new Set(
    plan.specs.flatMap((spec) => (spec.kind === 'leaf' && spec.node !== undefined ? [spec.node] : [])),
  );
  const unknown = options.nodes.filter((node) => !known.has(node));
  if (unknown.length > 0)
    throw new PkiError(
      'BOOTSTRAP_NODES',
      `emitter bootstrap: nodes names ${unknown.join(', ')}, of whom nothing is planned`,
      {
        hint: 'a machine that is in no plan takes bootstrap/bootstrap-kubelet.conf',
      },
    );
  const [first] = options.nodes;
  if (first === undefined || layout.installed(`nodes/${first}/${installed}`) !== undefined) return;
  throw new PkiError('BOOTSTRAP_NODES', 'emitter bootstrap: nodes are named, and this layout has no folder for each', {
    hint: 'layout: {tree: nodes}, or leave nodes out',
  });
}
