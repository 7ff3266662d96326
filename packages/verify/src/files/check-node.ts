import { type Entry, needsOf, nodeOf, type Plan } from '@kubepki/core';
import { type Context, nodeOfPath } from './context.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** What a file gives to a node that the node should not have, by what the manifest says that it holds. */
export function* checkNode({ path, holds }: Entry, context: Context): Generator<FileProblem> {
  const name = nodeOfPath(path, context);
  if (name === undefined) return;
  const wrong = (message: string) =>
    ofFile(path, {
      check: 'node',
      message,
      hint: 'remove the file from there; where the node had it, its key is no secret any longer',
    });
  for (const { id, part } of holds) {
    const spec = context.specs.get(id);
    if (spec === undefined || part !== 'key') continue;
    const owner = nodeOf(spec);
    if (owner !== undefined && owner !== name)
      yield wrong(`${name} would have the key of ${id}, which belongs to ${owner}`);
    if (spec.kind === 'leaf' && spec.person && owner === undefined)
      yield wrong(`${name} would have the key of ${id}, which belongs to a person`);
    if (spec.kind === 'leaf' || spec.kind === 'elsewhere') continue;
    if (isWorker(context.plan, name)) yield wrong(`${name} is a worker, and would have the key of ${id}`);
    else if (!keysOf(context.plan, name).has(id))
      yield wrong(`${name} would have the key of ${id}, and nothing there signs with it`);
  }
}

/** Whether a node is a worker and nothing else: whoever takes one over must not become anybody by that. */
function isWorker({ cluster }: Plan, name: string): boolean {
  return cluster.nodes.find((node) => node.name === name)?.roles.join() === 'worker';
}

const known = new WeakMap<Plan, ReadonlyMap<string, ReadonlySet<string>>>();

/** The authorities and key pairs whose keys processes on a node read. */
function keysOf(plan: Plan, name: string): ReadonlySet<string> {
  const all = known.get(plan) ?? keysByNode(plan);
  known.set(plan, all);
  return all.get(name) ?? new Set();
}

function keysByNode(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const leaf of plan.specs) {
    if (leaf.kind !== 'leaf' || leaf.node === undefined) continue;
    for (const { use, part } of needsOf(plan, leaf)) {
      const signs = part === 'key' ? plan.uses[use]?.signs : undefined;
      if (signs !== undefined) keys.set(leaf.node, (keys.get(leaf.node) ?? new Set()).add(signs));
    }
  }
  return keys;
}
