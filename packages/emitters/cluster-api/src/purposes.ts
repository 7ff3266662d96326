import { etcdClientOf, type Holding, isEtcdStacked, isKeyless, type Plan, signingFirst, type Use } from '@kubepki/core';

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
  const stacked = isEtcdStacked(plan.cluster);
  const { 'tls.crt': certificate = [], 'tls.key': key = [] } = authority(plan, 'etcd/server');
  yield { end: 'etcd', data: { 'tls.crt': certificate, 'tls.key': stacked ? key : [] } };
  yield { end: 'proxy', data: authority(plan, 'front-proxy/client') };
  const tokens = signingFirst(plan.uses, 'sa');
  yield {
    end: 'sa',
    data: {
      'tls.crt': tokens.map((id) => ({ id, part: 'public' })),
      'tls.key': tokens.slice(0, 1).map((id) => ({ id, part: 'key' })),
    },
  };
  const client = stacked ? undefined : etcdClientOf(plan);
  if (client === undefined) return;
  const { id, node } = client;
  const data = { 'tls.crt': [{ id, part: 'certificate' }], 'tls.key': [{ id, part: 'key' }] } as const;
  yield { end: 'apiserver-etcd-client', node, data };
}

/** An authority's certificate and its key, unless somebody else keeps that. */
function authority(plan: Plan, use: Use): Purpose['data'] {
  const id = plan.uses[use]?.signs;
  const spec = plan.specs.find((one) => one.id === id);
  const keyless = spec !== undefined && isKeyless(spec);
  return {
    'tls.crt': signingFirst(plan.uses, use).map((one) => ({ id: one, part: 'certificate' })),
    'tls.key': id === undefined || keyless ? [] : [{ id, part: 'key' }],
  };
}
