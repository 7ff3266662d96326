import { controlPlanes, etcdNodes, type Holding, type LeafSpec, type Plan, type Use } from '@kubepki/core';

/** What one of the Secrets is for, by the end of its name, and what it holds; keys that hold nothing are left out. */
export type Purpose = {
  readonly end: string;
  /** The node whose credential is in it. */
  readonly node?: string | undefined;
  readonly data: Readonly<Record<string, readonly Holding[]>>;
};

/** The Secrets with authorities and keys (kubernetes-sigs/cluster-api util/secret/consts.go). */
export function* purposes(plan: Plan): Generator<Purpose> {
  yield { end: 'ca', data: authority(plan, 'cluster/client') };
  // Whether etcd runs beside the API server; an etcd elsewhere is reached by a client, and its authority signs nothing.
  const stacked = etcdNodes(plan.cluster).some(({ roles }) => roles.includes('control-plane'));
  const { 'tls.crt': certificate = [], 'tls.key': key = [] } = authority(plan, 'etcd/server');
  yield { end: 'etcd', data: { 'tls.crt': certificate, 'tls.key': stacked ? key : [] } };
  yield { end: 'proxy', data: authority(plan, 'front-proxy/client') };
  const tokens = signingFirst(plan, 'sa');
  yield {
    end: 'sa',
    data: {
      'tls.crt': tokens.map((id) => ({ id, part: 'public' })),
      'tls.key': tokens.slice(0, 1).map((id) => ({ id, part: 'key' })),
    },
  };
  const client = stacked ? undefined : etcdClient(plan);
  if (client === undefined) return;
  const { id, node } = client;
  const data = { 'tls.crt': [{ id, part: 'certificate' }], 'tls.key': [{ id, part: 'key' }] } as const;
  yield { end: 'apiserver-etcd-client', node, data };
}

/** An authority's certificate and its key, unless somebody else keeps that. */
function authority(plan: Plan, use: Use): Purpose['data'] {
  const id = plan.uses[use]?.signs;
  const spec = plan.specs.find((one) => one.id === id);
  const keyless = spec?.kind === 'authority' && spec.given !== false && !spec.given.key;
  return {
    'tls.crt': signingFirst(plan, use).map((one) => ({ id: one, part: 'certificate' })),
    'tls.key': id === undefined || keyless ? [] : [{ id, part: 'key' }],
  };
}

/** Of several certificates or public keys the first one is taken for the one that signs. */
function signingFirst({ uses }: Plan, use: Use): readonly string[] {
  const { signs, trusts = [] } = uses[use] ?? {};
  return [...new Set([...(signs === undefined ? [] : [signs]), ...trusts])];
}

/** What the API server of the first control plane presents to etcd, where that is a certificate of its own. */
function etcdClient({ cluster, specs }: Plan): LeafSpec | undefined {
  const [first] = controlPlanes(cluster);
  return specs.find(
    (spec): spec is LeafSpec =>
      spec.kind === 'leaf' &&
      spec.node === first?.name &&
      !spec.usages.includes('server') &&
      spec.flags['--etcd-certfile'] !== undefined,
  );
}
