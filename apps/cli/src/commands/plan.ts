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
import { drawPlan } from '../report/draw-plan.ts';
import { type Format, formatOf } from '../report/format.ts';
import type { Session } from '../session.ts';

/** What a cluster file means, from the side that was asked for. `node`: of that node only. */
export type Planned = Pick<LoadedCluster, 'plan' | 'layout' | 'warnings' | 'fileName' | 'config'> & {
  readonly node?: string;
} & (
    | { readonly kind: 'plan'; readonly files: readonly PlannedFile[] }
    | { readonly kind: 'connections'; readonly links: readonly Link[] }
    | { readonly kind: 'drawing'; readonly text: string }
    | { readonly kind: 'flags'; readonly processes: readonly Process[]; readonly inTree: boolean }
  );

/** Reads the cluster file, and the config where there is one, and says what they mean. It writes nothing. */
export async function plan(args: Args, session: Session): Promise<Planned> {
  const { node, connections: wantsConnections, flags } = args;
  if (flags && wantsConnections) throw usage('BAD_OPTION', 'plan takes --connections or --flags, not both');
  const format = formatOfPlan(args);
  const cluster = await loadCluster(args);
  if (node !== undefined) checkNode(cluster.plan, node);
  const common = { ...cluster, ...(node === undefined ? {} : { node }) };
  if (flags) return { ...common, kind: 'flags', ...flagsOf(cluster, node) };
  if (wantsConnections) return { ...common, kind: 'connections', links: [...linksOf(cluster.plan, node)] };
  checkFiles(cluster);
  if (format !== undefined)
    return { ...common, kind: 'drawing', text: await drawPlan(cluster, { format, now: session.now() }) };
  const files = [...planFiles(cluster)].filter(({ part }) => node === undefined || part.node === node);
  return { ...common, kind: 'plan', files };
}

/** What is to be drawn of a plan, if anything. @throws AppError where something else is asked for beside it */
function formatOfPlan(args: Args): Format | undefined {
  const { html, format, connections: links, flags, node, json } = args;
  if (!html && format === undefined) return undefined;
  const option = html ? '--html' : '--format';
  const others = {
    '--format': html && format !== undefined,
    '--connections': links,
    '--flags': flags,
    '--json': json,
    '--node': node !== undefined,
  };
  const [other] = Object.entries(others).flatMap(([name, is]) => (is ? [name] : []));
  if (other !== undefined) throw usage('BAD_OPTION', `plan takes ${option} or ${other}, not both`);
  return html ? 'html' : formatOf(format);
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
