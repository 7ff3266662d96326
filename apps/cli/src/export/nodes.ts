import { nearest, nodeOf, type Output } from '@kubepki/core';
import { AppError, usage } from '../failure.ts';
import { listed } from '../output/words.ts';

/** The nodes that the current generation has files of. */
export function nodesOf(output: Output): ReadonlySet<string> {
  const { folder, generation, entries } = output;
  if (generation === 0) {
    throw new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
      fault: 'input',
      hint: 'kubepki generate makes one; -o names another folder',
    });
  }
  const nodes = new Set([...entries.keys()].flatMap((path) => /^nodes\/([^/]+)\//.exec(path)?.[1] ?? []));
  if (nodes.size > 0 && !isFlat(output)) return nodes;
  throw new AppError('TREE_FLAT', `${folder} is one flat folder, and has none for each node`, {
    fault: 'input',
    hint: 'take the files from its folder `current`, or set `layout: {tree: nodes}` and generate into another folder',
  });
}

/** Whether pairs of nodes lie elsewhere than in their folders. An emitter of somebody's may have a folder `nodes` there as well. */
function isFlat({ plan, entries }: Output): boolean {
  const ids = new Set(plan?.specs.flatMap((spec) => (nodeOf(spec) === undefined ? [] : [spec.id])));
  return [...entries.values()].some(
    ({ emitter, path, holds }) =>
      emitter === 'filesystem' && !path.startsWith('nodes/') && holds.some(({ id }) => ids.has(id)),
  );
}

/** A node that the current generation has no files of, and which one was probably meant. */
export function unknownNode(node: string, known: ReadonlySet<string>): AppError {
  const near = nearest(node, known);
  return usage(
    'UNKNOWN_NODE',
    `there is no node ${JSON.stringify(node)}`,
    near === undefined ? `the nodes are ${listed([...known])}` : `did you mean ${near}?`,
  );
}
