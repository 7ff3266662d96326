import {
  addressesOf,
  type ContentFile,
  connectionsOf,
  type Holding,
  type Layout,
  type LeafSpec,
  modeOf,
  type Plan,
  targets,
  trustedBy,
  urlOf,
} from '@kubepki/core';
import type { Content } from './content.ts';

/** The kubeconfig of a leaf: its server is the one that the leaf connects to. */
export function* kubeconfigFile(
  leaf: LeafSpec,
  { plan, layout }: { readonly plan: Plan; readonly layout: Layout },
): Generator<ContentFile> {
  const path = layout.path({ spec: leaf, part: 'kubeconfig' }, plan);
  const [connection] = connectionsOf(plan, leaf);
  const server = connection && targets(plan, { client: leaf, connection })[0];
  const [address] = server === undefined ? [] : addressesOf(plan, { server, at: connection?.at ?? 'each' });
  if (path === undefined || server === undefined || address === undefined) return;
  const paths = installedPaths(leaf, { plan, layout });
  const trusted = trustedBy(plan.uses, server.issuer === undefined ? [] : [server.issuer]);
  yield {
    path,
    mode: modeOf('key', plan.profile),
    secret: paths === null,
    holds: [...trusted.map((id): Holding => ({ id, part: 'certificate' })), ...(paths === null ? own(leaf) : [])],
    content: {
      cluster: plan.cluster.name,
      user: leaf.commonName,
      server: urlOf(address),
      paths,
    } satisfies Content,
  };
}

function own({ id }: LeafSpec): readonly Holding[] {
  return [
    { id, part: 'certificate' },
    { id, part: 'key' },
  ];
}

/** Where the credentials lie on the node, if they are to be read by path and the tree is laid out as nodes are. */
function installedPaths(
  leaf: LeafSpec,
  { plan, layout }: { readonly plan: Plan; readonly layout: Layout },
): Content['paths'] {
  if (leaf.kubeconfig?.credentials !== 'path') return null;
  const link = layout.path({ spec: leaf, part: 'link' }, plan) ?? layout.path({ spec: leaf, part: 'pem' }, plan);
  const installed = link && layout.installed(link);
  return installed === undefined ? null : { certificate: installed, key: installed };
}
