import {
  addressesOf,
  connectionsOf,
  type Holding,
  type LeafSpec,
  PkiError,
  type Plan,
  selects,
  targets,
  trustedBy,
  urlOf,
} from '@kubepki/core';

/** A kubeconfig before its credentials: whose it is, where it leads, and what it will hold. */
export type Kubeconfig = {
  readonly node: string | undefined;
  readonly user: string;
  readonly server: string;
  /** The authorities of the server, then the certificate and the key. */
  readonly holds: readonly Holding[];
};

/**
 * The kubeconfig of a leaf that has one; only by its default the selector may name nobody.
 * @throws PkiError CLUSTER_API_KUBECONFIG
 */
export function kubeconfigOf(plan: Plan, selector: string): Kubeconfig | undefined {
  const all = plan.specs.filter((spec): spec is LeafSpec => spec.kind === 'leaf' && spec.kubeconfig !== undefined);
  const leaf = all.find((spec) => selects(selector, spec));
  if (leaf === undefined && selector !== 'admin') {
    throw new PkiError('CLUSTER_API_KUBECONFIG', `emitter cluster-api: ${selector} has no kubeconfig`, {
      hint: `these have one: ${[...new Set(all.map(({ name }) => name))].join(', ')}`,
    });
  }
  const [connection] = leaf === undefined ? [] : connectionsOf(plan, leaf);
  if (leaf === undefined || connection === undefined) return undefined;
  const [server] = targets(plan, { client: leaf, connection });
  const [address] = server === undefined ? [] : addressesOf(plan, { server, at: connection.at });
  if (server === undefined || address === undefined) return undefined;
  const { id, node, commonName: user } = leaf;
  const trusted = trustedBy(plan.uses, server.issuer === undefined ? [] : [server.issuer]);
  const holds: readonly Holding[] = [
    ...trusted.map((one): Holding => ({ id: one, part: 'certificate' })),
    { id, part: 'certificate' },
    { id, part: 'key' },
  ];
  return { node, user, server: urlOf(address), holds };
}
