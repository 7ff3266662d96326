import { middle, type Run } from './measure.ts';
import type { Row } from './table.ts';

type Seconds = readonly number[];

/** A row of runs in turns with a rival, with the least and the largest ratio of a turn; without one where it did not run. */
export function paired(what: string, { own, rival }: { own: Seconds; rival: { name: string; seconds: Seconds } }): Row {
  if (rival.seconds.length === 0) return { what, ...runOf(own) };
  const ratios = own.map((seconds, run) => seconds / (rival.seconds[run] ?? Number.NaN));
  const spread = [Math.min(...ratios), Math.max(...ratios)] as const;
  return { what, ...runOf(own), rival: { name: rival.name, ...runOf(rival.seconds) }, spread };
}

function runOf(all: Seconds): Run {
  return middle(all.map((seconds) => ({ seconds, mebibytes: undefined })));
}
