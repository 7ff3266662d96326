import { affectedBy, processes } from '@kubepki/core';
import { processLines } from './output/affected.ts';
import { listed } from './output/words.ts';
import type { Result, Step } from './result.ts';

/** On a later run: the processes that do not take up by themselves what was written anew for them, and those that do. */
export function* restarts(result: Result): Generator<Step> {
  const { cluster, survey } = result;
  const running = runningNodes(result);
  const affected = affectedBy(new Set(survey.writes), cluster).filter(({ node }) => running.has(node));
  const stale = affected.filter(({ how }) => how === 'restart');
  const fresh = affected.filter(({ how }) => how === 'rereads');
  if (stale.length > 0) yield { what: `then restart ${processLines(stale)}`, commands: [] };
  if (fresh.length > 0) {
    const what = `no restart is needed of ${processLines(fresh)}: within five minutes they read it themselves`;
    yield { what, commands: [] };
  }
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

/** The nodes that were there before: their processes run. */
function runningNodes({ before }: Pick<Result, 'before'>): ReadonlySet<string> {
  return new Set(before.plan?.cluster.nodes.map(({ name }) => name));
}

function lines(nodesOf: ReadonlyMap<string, ReadonlySet<string>>): string {
  return [...nodesOf].map(([process, nodes]) => `${process} on ${listed([...nodes])}`).join('; ');
}
