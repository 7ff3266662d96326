import { type Artifact, type LeafSpec, processes } from '@kubepki/core';
import { listed } from './output/words.ts';
import type { Result, Step } from './result.ts';

/** On a later run: the processes that do not read by themselves what was written anew for them. */
export function* restarts(result: Result): Generator<Step> {
  const { cluster, survey } = result;
  const running = runningNodes(result);
  const written = new Set(survey.writes);
  const stale = new Map<string, Set<string>>();
  for (const spec of cluster.plan.specs) {
    if (spec.kind !== 'leaf' || spec.process === undefined || spec.node === undefined) continue;
    if (!running.has(spec.node) || !isStale(spec, { result, written })) continue;
    stale.set(spec.process, (stale.get(spec.process) ?? new Set()).add(spec.node));
  }
  if (stale.size > 0) yield { what: `then restart ${lines(stale)}`, commands: [] };
}

/** On a later run: the processes whose flags or settings are not what they were. */
export function* retold(result: Result, flags: string): Generator<Step> {
  const { cluster, before } = result;
  if (before.plan === undefined) return;
  const running = runningNodes(result);
  const told = (plan: typeof before.plan) =>
    processes(plan, cluster.layout).processes.map(
      ({ node, process, ...rest }) => [`${process} ${node}`, JSON.stringify(rest)] as const,
    );
  const old = new Map(told(before.plan));
  const changed = new Map<string, Set<string>>();
  for (const [key, text] of told(cluster.plan)) {
    const [process = '', node = ''] = key.split(' ');
    if (!running.has(node) || old.get(key) === text) continue;
    changed.set(process, (changed.get(process) ?? new Set()).add(node));
  }
  if (changed.size > 0) yield { what: `what to tell ${lines(changed)} now, for it changed`, commands: [flags] };
}

/** A kubeconfig is read once, at the start, whatever becomes of the files that it names. */
function isStale(
  spec: LeafSpec,
  { result, written }: { readonly result: Result; readonly written: ReadonlySet<string> },
): boolean {
  const { plan, layout } = result.cluster;
  const isWritten = (part: Artifact['part']) => written.has(layout.path({ spec, part }, plan) ?? '');
  if (isWritten('kubeconfig')) return true;
  return spec.reload === 'restart' && (['certificate', 'key', 'pem'] as const).some(isWritten);
}

/** The nodes that were there before: their processes run. */
function runningNodes({ before }: Result): ReadonlySet<string> {
  return new Set(before.plan?.cluster.nodes.map(({ name }) => name));
}

function lines(nodesOf: ReadonlyMap<string, ReadonlySet<string>>): string {
  return [...nodesOf].map(([process, nodes]) => `${process} on ${listed([...nodes])}`).join('; ');
}
