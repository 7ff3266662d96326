import { join } from 'node:path';
import { existingTree, type LeafSpec, openOutput, type Spec, trustedBy } from '@kubepki/core';
import { emitters } from '@kubepki/presets';
import { type Result, tryConnections, type Verdict } from '@kubepki/verify';
import { firstIp } from './addresses.ts';
import { impostors, type Kind, pemOf, type Tree } from './impostors.ts';
import type { Boot, Trial } from './types.ts';

/** Connections to be tried at real servers, and what `verify` says of each, in the same words. */
export type Trials = { readonly trials: readonly Trial[]; readonly verdicts: Readonly<Record<string, string>> };

/**
 * Every client that `verify` tries at an API server, a kubelet or etcd of a tree, once at each server, and where the
 * front proxy has an authority of its own, another name signed by that.
 */
export async function trialsOf(boot: Boot): Promise<Trials> {
  const output = openOutput({ folder: join(boot.work, '../pki'), write: false });
  const plan = output.plan;
  if (plan === undefined) throw new Error('nothing was generated');
  const { find } = existingTree({ output, emitters: emitters.map((emitter) => emitter.from({})) });
  const specs = new Map(plan.specs.map((spec) => [spec.id, spec]));
  const trialOf = trialMaker(boot, { plan, find });
  const trials = new Map<string, Trial>();
  const verdicts: Record<string, string> = {};
  const add = async (pair: Pair, verdict: (process: Trial['process']) => string) => {
    const trial = await trialOf(pair);
    if (trial === undefined) return;
    const name = `${trial.client} → ${trial.server}`;
    if (trials.has(name)) return;
    trials.set(name, trial);
    verdicts[name] = verdict(trial.process);
  };
  for await (const result of tryConnections({ plan, find, all: true })) {
    const server = specs.get(result.attempt.server);
    if (server?.kind !== 'leaf' || !isOfServer(result)) continue;
    const { presents } = result.attempt;
    const kind = presents && 'made' in presents ? presents.made : undefined;
    const client = presents && specs.get('leaf' in presents ? presents.leaf : presents.like);
    await add({ server, client, kind }, (process) => told(result.observed, process));
  }
  if (plan.uses['front-proxy/client']?.signs !== plan.uses['cluster/client']?.signs) {
    const proxy = plan.specs.find(({ name }) => name === 'front-proxy-client');
    const server = plan.specs.find(({ name }) => name === 'apiserver');
    await add({ server: server as LeafSpec, client: proxy, kind: 'renamed' }, () => 'refused: 401');
  }
  return { trials: [...trials.values()], verdicts };
}

type Pair = { readonly server: LeafSpec; readonly client: Spec | undefined; readonly kind: Kind | undefined };

/** Makes a trial of a pair; undefined where the server is none of those that are booted. */
function trialMaker(boot: Boot, tree: Tree): (pair: Pair) => Promise<Trial | undefined> {
  const made = impostors(tree);
  const trusted = trustFor(tree);
  return async ({ server, client, kind }) => {
    const place = placeOf(boot, server);
    if (place === undefined) return undefined;
    const leaf = client?.kind === 'leaf' ? client : undefined;
    const pair = leaf && (kind === undefined ? pemOf(leaf, tree) : made(leaf, kind));
    return {
      ...place,
      client: [kind, leaf?.id ?? 'nobody'].filter(Boolean).join(' '),
      server: server.id,
      ...(leaf?.node === undefined ? {} : { from: leaf.node }),
      ca: await trusted(server),
      ...(await pair),
    };
  };
}

/** What only a server decides. */
function isOfServer(result: Result): result is Result & { readonly outcome: 'planned' } {
  return result.outcome === 'planned' && !(result.observed.as === 'refused' && result.observed.by === 'client');
}

const ports = { 'etcd/server': 2379, 'etcd/peer': 2380 } as const;

/** Where a server answers, and what it is. */
function placeOf(
  boot: Boot,
  { name, node, process, port }: LeafSpec,
): Pick<Trial, 'process' | 'host' | 'port'> | undefined {
  const host = boot.hosts.find((one) => one.name === node);
  if (host === undefined) return undefined;
  if (process === 'etcd') {
    const its = ports[name as keyof typeof ports];
    return { process: name === 'etcd/peer' ? 'etcd peer' : 'etcd', host: firstIp(host), port: its };
  }
  if (process !== 'kube-apiserver' && process !== 'kubelet') return undefined;
  return { process, host: firstIp(host), port: port ?? (process === 'kubelet' ? 10250 : 6443) };
}

/** The authorities by which a client checks a server, as the plan says. */
function trustFor(tree: Tree) {
  return async (server: LeafSpec): Promise<string> => {
    const names = trustedBy(tree.plan.uses, [server.issuer]);
    const authorities = tree.plan.specs.filter((spec) => spec.kind === 'authority' && names.includes(spec.name));
    const pairs = await Promise.all(authorities.map((spec) => pemOf(spec, tree)));
    return pairs.map(({ cert }) => cert).join('');
  };
}

/** A verdict as a trial tells it: etcd names nobody, and a kubelet names users without their groups. */
function told(verdict: Verdict, process: Trial['process']): string {
  const etcd = process === 'etcd' || process === 'etcd peer';
  switch (verdict.as) {
    case 'anonymous':
      return 'anonymous';
    case 'front-proxy':
      return 'front proxy';
    case 'refused':
      return `refused: ${verdict.by}`;
    case 'user':
      if (etcd) return 'accepted';
      if (process === 'kubelet') return `user ${verdict.name}`;
      return `user ${verdict.name} ${JSON.stringify(verdict.groups)}${verdict.vouches ? ', may speak for others' : ''}`;
  }
}
