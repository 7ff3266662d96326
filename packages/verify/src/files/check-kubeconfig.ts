import {
  addressesOf,
  connectionsOf,
  type Entry,
  type LeafSpec,
  nodeOf,
  type Plan,
  type Server,
  targets,
  urlOf,
} from '@kubepki/core';
import { type Context, folderOfNode } from './context.ts';
import type { Found } from './found.ts';
import type { Held, Parse } from './held.ts';
import { pairProblem, trustProblem } from './kubeconfig-holds.ts';
import { isKubeconfig, type KubeconfigText, readKubeconfig } from './kubeconfig-text.ts';
import { type FileProblem, ofFile } from './problem.ts';
import { checkTokenKubeconfig } from './token-kubeconfig.ts';

/** A host that a kubeconfig names, and the servers whose certificates are to have it. */
export type Reach = { readonly file: string; readonly host: string; readonly servers: readonly Server[] };

type File = {
  readonly entry: Entry;
  readonly held: readonly Held[];
  readonly context: Context;
  readonly parse: Parse;
  find(id: string): Found | undefined;
};

/** Compares a kubeconfig with what the plan says of its leaf: names, server, whom it trusts, and whose pair it has. */
export function* checkKubeconfig(text: string, file: File): Generator<FileProblem, Reach | undefined> {
  const { entry, context } = file;
  if (!isKubeconfig(text)) return undefined;
  const wrong = (message: string) =>
    ofFile(entry.path, {
      check: 'kubeconfig',
      message,
      hint: 'remove it and run `kubepki generate`, which makes it again',
    });
  const said = readKubeconfig(text);
  if (typeof said === 'string') {
    yield wrong(said);
    return undefined;
  }
  const { held, parse, find } = file;
  const planned = context.kubeconfigs.has(entry.path) || entry.holds.some(({ part }) => part === 'key');
  if (said.has('users.token')) {
    if (planned) yield wrong('it says users.token, which kubepki does not write beside a certificate');
    const { servers, messages } = checkTokenKubeconfig(said, { plan: context.plan, parse, find });
    for (const message of messages) yield wrong(message);
    const host = hostOf(said.get('clusters.server'));
    return host === undefined || servers.length === 0 ? undefined : { file: entry.path, host, servers };
  }
  const leaf = leafOf(said, { entry, context });
  if (leaf === undefined) {
    yield wrong('its user is nobody of the plan');
    return undefined;
  }
  const { plan } = context;
  const [connection] = connectionsOf(plan, leaf);
  const servers = connection === undefined ? [] : targets(plan, { client: leaf, connection });
  const [server] = servers;
  const [address] =
    server === undefined || connection === undefined ? [] : addressesOf(plan, { server, at: connection.at });
  for (const [name, value] of [...names(leaf, plan), ...paths(leaf, context)]) {
    if (said.get(name) !== value) yield wrong(`its ${name} ${other(said.get(name), value)}`);
  }
  const url = address && urlOf(address);
  const found = said.get('clusters.server');
  if (url !== undefined && found !== url) yield wrong(`its server ${other(found, url)}`);
  const messages = [trustProblem(said, { plan, server, parse, find }), pairProblem(said, { held, parse })];
  for (const message of messages) if (message !== undefined) yield wrong(message);
  const host = hostOf(found);
  if (host === undefined || server === undefined) return undefined;
  return { file: entry.path, host, servers: connection?.at === 'endpoint' ? servers : [server] };
}

type Fields = readonly (readonly [name: string, value: string])[];

function names({ commonName: user }: LeafSpec, { cluster: { name } }: Plan): Fields {
  return [
    ['clusters.name', name],
    ['users.name', user],
    ['contexts.cluster', name],
    ['contexts.user', user],
    ['contexts.name', `${user}@${name}`],
    ['current-context', `${user}@${name}`],
  ];
}

/** What a field is in place of what is planned. What is no name may be a secret that somebody pasted there. */
function other(found: string | undefined, planned: string): string {
  const plain = found !== undefined && found.length < 200 && /^[\w.:/@[\]-]+$/.test(found);
  const is = found === undefined ? 'missing' : plain ? JSON.stringify(found) : 'something else';
  return `is ${is}, and ${JSON.stringify(planned)} is planned`;
}

/** Whose kubeconfig it is: by the layout, by the key that is in it, or else by its user. */
function leafOf(
  said: KubeconfigText,
  { entry, context }: { readonly entry: Entry; readonly context: Context },
): LeafSpec | undefined {
  const id = context.kubeconfigs.get(entry.path) ?? entry.holds.find(({ part }) => part === 'key')?.id;
  const spec = id === undefined ? undefined : context.specs.get(id);
  if (spec !== undefined) return spec.kind === 'leaf' ? spec : undefined;
  const node = folderOfNode(entry.path);
  const named = context.plan.specs.filter(
    (one): one is LeafSpec =>
      one.kind === 'leaf' && one.kubeconfig !== undefined && one.commonName === said.get('users.name'),
  );
  return named.find((one) => nodeOf(one) === node) ?? named[0];
}

/** Where credentials that are read by path lie on the node. */
function paths(leaf: LeafSpec, { plan, layout }: Context): Fields {
  if (leaf.kubeconfig?.credentials !== 'path' || layout === undefined) return [];
  const link = layout.path({ spec: leaf, part: 'link' }, plan) ?? layout.path({ spec: leaf, part: 'pem' }, plan);
  const installed = link && layout.installed(link);
  if (installed === undefined) return [];
  return [
    ['users.client-certificate', installed],
    ['users.client-key', installed],
  ];
}

function hostOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  } catch {
    return undefined;
  }
}
