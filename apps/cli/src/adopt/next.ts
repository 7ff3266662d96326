import type { Adoption } from '@kubepki/adopt';
import { nodeOf } from '@kubepki/core';
import { exportCommands } from '../next.ts';
import type { Result, Step } from '../result.ts';
import { prefixed, quote, shown } from '../shell.ts';

/** What to do with a PKI that was taken over: the nodes have it already, but for what was made anew. */
export function adoptedSteps(adoption: Adoption, result: Pick<Result, 'args' | 'cluster'>): readonly Step[] {
  const { args, cluster } = result;
  const made = new Set(adoption.anew.map(({ id }) => id));
  const nodes = new Set(
    cluster.plan.specs
      // A kubelet renews its own certificate, and the one that is planned is for a node that has none.
      .filter(({ id, name }) => made.has(id) && name !== 'kubelet/client')
      .flatMap((spec) => nodeOf(spec) ?? [])
      .filter((node) => !adoption.absent.includes(node)),
  );
  const own = shown(args.output) === 'pki' ? [] : [quote(shown(args.output))];
  const steps: Step[] = [{ what: 'see what ends when', commands: [prefixed(['status', ...own])] }];
  if (nodes.size === 0 || cluster.layout.installed('nodes/x/y') === undefined) return steps;
  return [{ what: 'copy each node what was made anew', commands: exportCommands([...nodes], result) }, ...steps];
}
