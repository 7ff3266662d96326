import { addressesOf, lookup, type Plan, type Server, urlOf } from '@kubepki/core';
import type { Found } from './found.ts';
import type { Parse } from './held.ts';
import { trustProblem } from './kubeconfig-holds.ts';
import type { KubeconfigText } from './kubeconfig-text.ts';

type Context = { readonly plan: Plan; readonly parse: Parse; find(id: string): Found | undefined };

/** The servers that a kubeconfig with a token reaches, and what is wrong with it, in words. Whose the token is no plan says. */
export function checkTokenKubeconfig(
  said: KubeconfigText,
  { plan, parse, find }: Context,
): { readonly servers: readonly Server[]; readonly messages: readonly string[] } {
  const servers = lookup(plan).servers.get('apiserver') ?? [];
  const url = said.get('clusters.server');
  const reached = servers.filter((server) =>
    (['endpoint', 'each'] as const).some((at) =>
      addressesOf(plan, { server, at }).some((address) => urlOf(address) === url),
    ),
  );
  const trust = trustProblem(said, { plan, server: servers[0], parse, find });
  return {
    servers: reached,
    messages: [
      ...(reached.length === 0 ? ['its server is no API server of the plan'] : []),
      ...(trust === undefined ? [] : [trust]),
    ],
  };
}
