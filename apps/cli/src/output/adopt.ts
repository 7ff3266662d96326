import type { Anew, Note } from '@kubepki/adopt';
import type { Adopted } from '../commands/adopt.ts';
import { groupBy } from '../group.ts';
import type { Args } from '../options.ts';
import { problemLines } from './failure.ts';
import type { Out } from './out.ts';
import { printable } from './printable.ts';
import { table } from './table.ts';
import { extent, extentJson } from './verified.ts';
import { count, listed } from './words.ts';

/** So many lines of a kind are printed; --json has all. */
const most = 60;

export function printAdopt(adopted: Adopted, out: Out, { json }: Args): void {
  if (json) out.json(adoptedJson(adopted));
  else out.print(textOf(adopted, out));
}

function adoptedJson({ plan, folder, dryRun, adoption, verified, care, next }: Adopted) {
  const { taken, anew, notes, unknown, absent } = adoption;
  return {
    cluster: plan.cluster.name,
    output: folder,
    dryRun,
    taken,
    anew,
    notes,
    unknown,
    absent,
    verified: verified === undefined ? null : extentJson(verified),
    care,
    next,
  };
}

function textOf(adopted: Adopted, out: Out): string {
  const { plan, folder, dryRun, adoption, verified, care, next } = adopted;
  const { taken, anew, notes, unknown } = adoption;
  const all = taken.length + anew.length;
  const did = dryRun ? 'would be taken over' : 'taken over';
  const end = dryRun ? '; nothing was written' : `, in ${folder}/current (generation 0001)`;
  return [
    out.style('green', `${plan.cluster.name}: ${taken.length} of ${count(all, 'credential')} ${did}${end}`),
    ...block(
      out,
      'taken over',
      table(
        taken.map(({ id, where }) => [id, listed(where, 1)]),
        '  ',
      ).split('\n'),
    ),
    ...block(out, dryRun ? 'to be made anew' : 'made anew', anewLines(anew)),
    ...block(out, 'worth a word', noteLines(notes)),
    ...block(
      out,
      'not known, and left alone',
      unknown.map((path) => `  ${printable(path)}`),
    ),
    ...(verified === undefined ? [] : ['', `verified: ${extent(verified)} as planned`]),
    ...(care.length === 0 ? [] : ['', out.style('yellow', 'what needs care'), ...problemLines(care)]),
    ...(next.length === 0 ? [] : ['', out.style('bold', 'next')]),
    ...next.flatMap(({ what, commands }) => [`  ${what}:`, ...commands.map((command) => `    ${command}`)]),
  ].join('\n');
}

function block(out: Out, title: string, lines: readonly string[]): readonly string[] {
  if (lines.every((line) => line.trim() === '')) return [];
  const more = lines.length > most ? [`  … and ${lines.length - most} more`] : [];
  return ['', out.style('bold', title), ...lines.slice(0, most), ...more];
}

/** By what is amiss and why, since many share a reason. */
function anewLines(anew: readonly Anew[]): readonly string[] {
  const groups = groupBy(anew, ({ fault, reasons }) => `${fault}: ${reasons.join('; ')}`);
  return [...groups].flatMap(([reason, ones]) => {
    const files = [...new Set(ones.flatMap(({ where }) => where))];
    return [
      `  ${reason}: ${listed(ones.map(({ id }) => id))}`,
      ...(files.length === 0 ? [] : [`    ${listed(files, 4)}`]),
    ];
  });
}

function noteLines(notes: readonly Note[]): readonly string[] {
  return problemLines(notes.map(({ fault, message, ...rest }) => ({ ...rest, message: `${fault}: ${message}` })));
}
