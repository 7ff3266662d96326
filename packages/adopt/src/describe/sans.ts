import { type Json, parseIp } from '@kubepki/core';
import { orNothing } from './draft.ts';
import { type NodeFacts, withoutLoopbacks } from './node.ts';
import { portOf, type ServiceFacts, sharedAndOwn } from './service.ts';

/** Options of components, and exceptions for certificates, with names and addresses that no rule gives. */
export type Sans = {
  readonly components: Readonly<Record<string, Json>>;
  readonly certificates: Readonly<Record<string, Json>>;
};

/** Names and addresses that no rule gives. */
export function sansOf(
  nodes: readonly NodeFacts[],
  { service, strict }: { readonly service: ServiceFacts; readonly strict: boolean },
): Sans {
  const port = portOf(nodes);
  const extra = (name: string, usual: (node: NodeFacts) => readonly (string | undefined)[]) =>
    sharedAndOwn(
      nodes.flatMap((node) => {
        const seen = node.view.certificate(name);
        if (seen === undefined || node.name === undefined) return [];
        const known = new Set(usual(node).map(canonical));
        const { dns, ips } = strict || name !== 'apiserver' ? withoutLoopbacks(seen) : seen.details.sans;
        return [{ node: node.name, sans: [...dns, ...ips].filter((san) => !known.has(san)) }];
      }),
    );
  const own = (node: NodeFacts) => [node.name, node.advertised, ...(strict ? node.addresses : [])];
  const api = extra('apiserver', (node) => [
    ...own(node),
    nodes.find(({ endpoint }) => endpoint !== undefined)?.endpoint?.host ??
      nodes.find(({ apiserver }) => apiserver)?.advertised,
    ...service.ips,
    ...(node.apiserver?.details.sans.dns.filter((name) => /^kubernetes(\.default(\.svc(\..+)?)?)?$/.test(name)) ?? []),
  ]);
  const server = extra('etcd/server', own);
  const peer = extra('etcd/peer', own);
  const options = {
    apiserver: orNothing({
      ...(port === 6443 ? {} : { port }),
      ...(api.shared.length > 0 ? { sans: api.shared } : {}),
    }),
    etcd: orNothing({
      ...(server.shared.length > 0 ? { serverSans: server.shared } : {}),
      ...(peer.shared.length > 0 ? { peerSans: peer.shared } : {}),
    }),
  };
  const exceptions = [
    ['apiserver', api],
    ['etcd/server', server],
    ['etcd/peer', peer],
  ] as const;
  return {
    components: Object.fromEntries(Object.entries(options).filter(([, one]) => one !== undefined)) as Record<
      string,
      Json
    >,
    certificates: Object.fromEntries(
      exceptions.flatMap(([name, { own: of }]) =>
        Object.entries(of).map(([node, sans]) => [`${name}@${node}`, { sans }]),
      ),
    ),
  };
}

function canonical(name: string | undefined): string {
  const ip = parseIp(name ?? '');
  return ip.ok ? ip.value : (name ?? '').toLowerCase();
}
