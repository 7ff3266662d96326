import type { Generated } from '../commands/generate.ts';
import { groupBy } from '../group.ts';
import type { Out } from './out.ts';
import { count } from './words.ts';

/** So many lines of a kind are printed; --json has all. */
const most = 60;

/** What would be made and why, and which files would be written. */
export function dryRunText({ plan, folder, survey }: Generated, out: Out): readonly string[] {
  const { makes, keeps, writes, stays, drops, idle } = survey;
  if (idle) return [out.style('green', `nothing to do: ${folder} has all that ${plan.cluster.name} needs`)];
  const reasons = groupBy(makes, (one) => one.reasons.join('; '));
  return [
    out.style(
      'bold',
      `a run would make ${count(makes.length, 'credential')} and keep ${keeps} in ${folder}; nothing was written`,
    ),
    ...[...reasons].flatMap(([reason, ones]) => ['', `make, because: ${reason}`, ...some(ones.map(({ id }) => id))]),
    ...(writes.length === 0 ? [] : ['', `write ${count(writes.length, 'file')}, keep ${stays}`, ...some(writes)]),
    ...(drops.length === 0
      ? []
      : ['', `leave out ${count(drops.length, 'file')} of the generation before`, ...some(drops)]),
  ];
}

function some(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, most).map((line) => `  ${line}`);
  return lines.length > most ? [...shown, `  … and ${lines.length - most} more`] : shown;
}
