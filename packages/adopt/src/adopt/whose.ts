import { PkiError, type Plan, type Problem, refuse } from '@kubepki/core';
import { nodeNameOf } from '../old/identify.ts';
import type { OldPlace } from '../old/place.ts';
import { safeText } from '../old/safe-text.ts';
import type { PiecesInput } from './pieces.ts';

/**
 * Which place is of which node of the plan: the one that it was named for, or that it tells itself.
 * @throws PkiError ADOPT_NODES with every place that is of none, or of one that another is of already
 */
export function placesOfNodes(plan: Plan, places: readonly OldPlace[]): PiecesInput['places'] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>();
  const found = places.map((place) => {
    if (place.form === 'flat') return { place, node: undefined };
    const node = nodeOf(plan, place);
    if (node === undefined) problems.push(stranger(plan, place));
    else if (taken.has(node)) {
      problems.push({
        where: place.name,
        message: `it is of ${node}, as ${taken.get(node)} is`,
        hint: 'give one of them',
      });
    } else taken.set(node, place.name);
    return { place, node };
  });
  if (places.length === 0) throw new PkiError('ADOPT_NOTHING', 'no folder and no archive is given', { fault: 'usage' });
  refuse('ADOPT_NODES', problems);
  return found;
}

function nodeOf(plan: Plan, place: OldPlace): string | undefined {
  const names = plan.cluster.nodes.map(({ name }) => name);
  const told = place.node ?? nodeNameOf(place);
  if (told !== undefined) return names.find((name) => name === told);
  return names.length === 1 ? names[0] : undefined;
}

function stranger(plan: Plan, place: OldPlace): Problem {
  const told = place.node ?? nodeNameOf(place);
  const nodes = plan.cluster.nodes.map(({ name }) => name).join(', ');
  const message =
    told === undefined
      ? 'nothing in it tells of which node it is'
      : `it is of ${safeText(told)}, which is no node of the cluster file`;
  return { where: place.name, message, hint: `say it in front, NODE=${place.name}; the nodes are ${nodes}` };
}
