import { type Affected, affectedBy, type Plan, processes } from '@kubepki/core';
import { affectedTexts, processLines } from './output/affected.ts';
import type { Result, Step } from './result.ts';

type Ran = Pick<Result, 'cluster' | 'survey'> & { readonly before: Pick<Result['before'], 'plan'> };

/** The processes that run already, and read what is written anew. */
export function affectedRunning({ cluster, survey, before }: Ran): readonly Affected[] {
  const running = nodesOf(before.plan);
  return affectedBy(new Set(survey.writes), cluster).filter(({ node }) => running.has(node));
}

/** On a later run: the processes that do not take up by themselves what was written anew for them, and those that do. */
export function* restarts(result: Result): Generator<Step> {
  for (const what of affectedTexts(affectedRunning(result))) yield { what, commands: [] };
}

/** On a later run: the processes whose flags or settings are not what they were. */
export function* retold({ cluster, before }: Result, flags: string): Generator<Step> {
  if (before.plan === undefined) return;
  const running = nodesOf(before.plan);
  const told = (plan: Plan) =>
    processes(plan, cluster.layout).processes.map(({ node, process, ...rest }) => ({
      node,
      process,
      text: JSON.stringify([node, process, rest]),
    }));
  const old = new Set(told(before.plan).map(({ text }) => text));
  const changed = told(cluster.plan).filter(({ node, text }) => running.has(node) && !old.has(text));
  if (changed.length > 0)
    yield { what: `what to tell ${processLines(changed)} now, for it changed`, commands: [flags] };
}

/** The nodes that were there before: their processes run. */
function nodesOf(plan: Plan | undefined): ReadonlySet<string> {
  return new Set(plan?.cluster.nodes.map(({ name }) => name));
}
