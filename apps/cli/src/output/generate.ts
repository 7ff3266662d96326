import { type Book, joinHashes, type Kind, kindOf, kinds, tokenKeys } from '../book.ts';
import type { Generated } from '../commands/generate.ts';
import { groupBy } from '../group.ts';
import type { Args } from '../options.ts';
import type { Upkeep } from '../upkeep.ts';
import { dryRunText } from './dry-run.ts';
import { problemLines } from './failure.ts';
import { generatedJson } from './generate-json.ts';
import type { Out } from './out.ts';
import { table } from './table.ts';
import { upkeepLines } from './upkeep.ts';
import { extent } from './verified.ts';
import { count, day, listed } from './words.ts';

export function printGenerate(generated: Generated, out: Out, { json }: Args): void {
  if (json) out.json(generatedJson(generated));
  else out.print(textOf(generated, out));
}

function textOf(generated: Generated, out: Out): string {
  const body = generated.dryRun ? dryRunText(generated, out) : reportText(generated, out);
  return [...body, ...rest(generated, out)].join('\n');
}

function reportText(generated: Generated, out: Out): readonly string[] {
  const { plan, folder, generation, survey, book, verified, discarded } = generated;
  const name = `generation ${String(generation).padStart(4, '0')}`;
  if (survey.idle) {
    return [
      out.style(
        'green',
        `nothing to do: ${folder} has all that ${plan.cluster.name} needs (${name}); nothing was written`,
      ),
      ...firstEnd(generated),
    ];
  }
  return [
    out.style('green', `${plan.cluster.name}: ${done(survey)}, in ${folder}/current (${name})`),
    '',
    table(counts(generated), '  '),
    '',
    verified === undefined ? 'not verified, as --no-verify says' : `verified: ${extent(verified)} as planned`,
    ...why(survey),
    ...(discarded.length === 0 ? [] : ['', `edits were discarded in ${listed(discarded)}`]),
    ...joinHashes(plan, book).flatMap(({ authority, hash }) => [
      '',
      `hash of ${authority} for kubeadm join`,
      `  --discovery-token-ca-cert-hash ${hash}`,
    ]),
    ...tokenLines(generated),
  ];
}

function tokenLines({ plan, book }: Generated): readonly string[] {
  const keys = tokenKeys(plan, book);
  if (keys.length === 0) return [];
  const rows = keys.map(({ id, kid, signs }) => [id, kid, ...(keys.length > 1 && signs ? ['signs'] : [])]);
  return ['', 'kid of service-account tokens', table(rows, '  ')];
}

function done({ makes, keeps, writes, drops }: Generated['survey']): string {
  if (makes.length > 0) return `${count(makes.length, 'credential')} made, ${keeps} kept`;
  const written = writes.length > 0 ? [`${count(writes.length, 'file')} written anew`] : [];
  const left = drops.length > 0 ? [`${count(drops.length, 'file')} left out`] : [];
  return [...written, ...left].join(', ') || 'the plan changed, and no file';
}

const words: Readonly<Record<Kind, string>> = {
  authorities: 'authorities',
  servers: 'servers',
  clients: 'clients',
  people: 'people',
  serviceAccounts: 'service accounts',
};

function counts({ plan, book, survey }: Generated): readonly (readonly string[])[] {
  const groups = groupBy(plan.specs, kindOf);
  return kinds.flatMap((kind) => {
    const specs = groups.get(kind) ?? [];
    if (specs.length === 0) return [];
    const made = specs.filter(({ id }) => book.notes.get(id)?.made).length;
    const of = survey.first ? [] : [`${made} made`];
    return [
      [
        words[kind],
        String(specs.length),
        ...of,
        ends(specs, book),
        listed([...new Set(specs.map(({ name }) => name))]),
      ],
    ];
  });
}

/** Why a later run made something. */
function why({ first, makes }: Generated['survey']): readonly string[] {
  if (first || makes.length === 0) return [];
  const groups = groupBy(makes, ({ reasons }) => reasons.join('; '));
  return [
    '',
    'made, and why',
    ...[...groups].map(([reason, ones]) => `  ${reason}: ${listed(ones.map(({ id }) => id))}`),
  ];
}

function ends(specs: readonly { readonly id: string }[], { notes }: Book): string {
  const days = specs
    .flatMap(({ id }) => notes.get(id)?.notAfter ?? [])
    .map(day)
    .sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 'no end';
  return first === last ? `until ${first}` : `until ${first} … ${last}`;
}

/** When the first of the leaves ends, since a run changes nothing about that. */
function firstEnd({ plan, book }: Generated): readonly string[] {
  const leaves = plan.specs.flatMap(({ id, kind }) => {
    const notAfter = kind === 'leaf' ? book.notes.get(id)?.notAfter : undefined;
    return notAfter === undefined ? [] : [{ id, notAfter }];
  });
  if (leaves.length === 0) return [];
  const first = leaves.reduce((a, b) => (b.notAfter < a.notAfter ? b : a));
  const others = leaves.filter(({ notAfter }) => day(notAfter) === day(first.notAfter)).length - 1;
  return [
    `the first to end is ${first.id}${others > 0 ? ` (and ${others} more)` : ''}, on ${day(first.notAfter)}; generate never renews because of time`,
  ];
}

/** What needs care, and what to do next. */
export function rest(
  { upkeep, care, next }: Pick<Generated, 'care' | 'next'> & { readonly upkeep?: Upkeep },
  out: Out,
): readonly string[] {
  return [
    ...(upkeep === undefined ? [] : upkeepLines(upkeep)),
    ...(care.length === 0 ? [] : ['', out.style('yellow', 'what needs care'), ...problemLines(care)]),
    ...(next.length === 0 ? [] : ['', out.style('bold', 'next')]),
    ...next.flatMap(({ what, commands }) => [
      `  ${what}${commands.length > 0 ? ':' : ''}`,
      ...commands.map((command) => `    ${command}`),
    ]),
  ];
}
