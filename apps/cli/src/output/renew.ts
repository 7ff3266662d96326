import type { Renewed } from '../commands/renew.ts';
import { groupBy } from '../group.ts';
import type { Args } from '../options.ts';
import { dryRunText } from './dry-run.ts';
import { rest } from './generate.ts';
import { generatedJson } from './generate-json.ts';
import type { Out } from './out.ts';
import { extent } from './verified.ts';
import { count, day, listed } from './words.ts';

export function printRenew(renewed: Renewed, out: Out, { json }: Args): void {
  if (json)
    out.json({ ...generatedJson(renewed), leftOut: renewed.leftOut, generateWould: renewed.generateWould ?? null });
  else out.print([...body(renewed, out), ...notes(renewed), ...rest(renewed, out)].join('\n'));
}

function body(renewed: Renewed, out: Out): readonly string[] {
  const { survey, folder, generation, dryRun, verified, book, names } = renewed;
  const name = `generation ${String(generation).padStart(4, '0')}`;
  if (survey.idle)
    return [
      out.style('green', `nothing is due in ${folder}/current (${name}); nothing was written`),
      ...soonest(renewed),
    ];
  if (dryRun) return dryRunText(renewed, out);
  const groups = groupBy(survey.makes, ({ reasons }) => reasons.join('; '));
  const until = (id: string) => {
    const end = book.notes.get(id)?.notAfter;
    return end === undefined ? id : `${id} until ${day(end)}`;
  };
  return [
    out.style(
      'green',
      `${count(survey.makes.length, 'credential')} renewed, ${survey.keeps} kept, in ${folder}/current (${name})`,
    ),
    '',
    verified === undefined ? 'not verified, as --no-verify says' : `verified: ${extent(verified)} as planned`,
    '',
    names.length === 0 ? 'renewed, and why' : 'renewed',
    ...[...groups].map(([reason, ones]) => `  ${reason}: ${listed(ones.map(({ id }) => until(id)))}`),
  ];
}

/** When the next of those that this command renews ends. */
function soonest({ plan, book, leftOut }: Renewed): readonly string[] {
  const ends = plan.specs.flatMap((spec) => {
    const notAfter = book.notes.get(spec.id)?.notAfter;
    return spec.kind !== 'leaf' || spec.renews === 'itself' || leftOut.includes(spec.id) || notAfter === undefined
      ? []
      : [{ id: spec.id, notAfter }];
  });
  if (ends.length === 0) return [];
  const first = ends.reduce((a, b) => (b.notAfter < a.notAfter ? b : a));
  return [`the first to end is ${first.id}, on ${day(first.notAfter)}`];
}

function notes({ leftOut, generateWould, discarded }: Renewed): readonly string[] {
  return [
    ...(discarded.length === 0 ? [] : [`edits were discarded in ${listed(discarded)}`]),
    ...(leftOut.length === 0
      ? []
      : [`due, and renewed by its name alone or by the process that has it: ${listed(leftOut)}`]),
    ...(generateWould === undefined ? [] : [`generate would ${generateWould}; kubepki diff shows it`]),
  ];
}
