import {
  checkFiles,
  connections,
  type Link,
  nearest,
  nodeOf,
  type Plan,
  type PlannedFile,
  type Process,
  planFiles,
  processes,
  refuse,
} from '@kubepki/core';
import { type LoadedCluster, loadCluster } from '../cluster.ts';
import { usage } from '../failure.ts';
import type { Args } from '../options.ts';

/** What a cluster file means, from the side that was asked for. `node`: of that node only. */
export type Planned = Pick<LoadedCluster, 'plan' | 'layout' | 'warnings' | 'fileName' | 'config'> & {
  readonly node?: string;
} & (
    | { readonly kind: 'plan'; readonly files: readonly PlannedFile[] }
    | { readonly kind: 'connections'; readonly links: readonly Link[] }
    | { readonly kind: 'flags'; readonly processes: readonly Process[]; readonly inTree: boolean }
  );

/** Reads the cluster file, and the config where there is one, and says what they mean. It writes nothing. */
export async function plan(args: Args): Promise<Planned> {
  const { node, connections: wantsConnections, flags } = args;
  if (flags && wantsConnections) throw usage('BAD_OPTION', 'plan takes --connections or --flags, not both');
  const cluster = await loadCluster(args);
  if (node !== undefined) checkNode(cluster.plan, node);
  const common = { ...cluster, ...(node === undefined ? {} : { node }) };
  if (flags) return { ...common, kind: 'flags', ...flagsOf(cluster, node) };
  if (wantsConnections) return { ...common, kind: 'connections', links: [...linksOf(cluster.plan, node)] };
  checkFiles(cluster);
  const files = [...planFiles(cluster)].filter(({ part }) => node === undefined || part.node === node);
  return { ...common, kind: 'plan', files };
}

function flagsOf({ plan, layout }: LoadedCluster, node: string | undefined) {
  const found = processes(plan, layout);
  refuse('FLAGS_INVALID', found.problems);
  const wanted = found.processes.filter((process) => node === undefined || process.node === node);
  return { processes: wanted, inTree: layout.installed('nodes/x/y') === undefined };
}

function* linksOf(plan: Plan, node: string | undefined): Generator<Link> {
  for (const link of connections(plan)) {
    if (node === undefined || nodeOf(link.client) === node || nodeOf(link.server) === node) yield link;
  }
}

function checkNode(plan: Plan, node: string): void {
  const names = plan.cluster.nodes.map(({ name }) => name);
  if (names.includes(node)) return;
  const near = nearest(node, names);
  const known = `the nodes are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;
  throw usage(
    'UNKNOWN_NODE',
    `there is no node ${JSON.stringify(node)}`,
    near === undefined ? known : `did you mean ${near}?`,
  );
}
