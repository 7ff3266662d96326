import type { Diff } from '../commands/diff.ts';
import type { Difference, Effect } from '../differences.ts';
import { groupBy } from '../group.ts';
import type { Args } from '../options.ts';
import { prefixed } from '../shell.ts';
import { affectedTexts } from './affected.ts';
import { problemLines } from './failure.ts';
import type { Out } from './out.ts';
import { count, day, listed } from './words.ts';

export function printDiff(diff: Diff, out: Out, { json }: Args): void {
  if (json) out.json(diffJson(diff));
  else out.print(textOf(diff, out).join('\n'));
}

function textOf(diff: Diff, out: Out): readonly string[] {
  const { folder, generation, survey, changes, due, edited, affected, care, changed } = diff;
  const from = generation === 0 ? 'has nothing yet' : `generation ${String(generation).padStart(4, '0')}`;
  const head = changed
    ? out.style('bold', `${diff.cluster}: what generate would do in ${folder} (${from})`)
    : out.style('green', `${diff.cluster}: generate would do nothing in ${folder} (${from})`);
  const files = fileLine(survey);
  return [
    head,
    ...(changes.length === 0 ? [] : ['', ...changeLines(changes, out)]),
    ...(files === undefined ? [] : ['', files]),
    ...affectedTexts(affected).map((text) => `  ${text}`),
    ...(due.length === 0 ? [] : ['', ...dueLines(diff, out)]),
    ...(edited.length === 0 ? [] : ['', ...editLines(diff, out)]),
    ...(care.length === 0 ? [] : ['', out.style('yellow', 'what needs care'), ...problemLines(care)]),
  ];
}

const colours = { '+': 'green', '~': 'yellow', '-': 'red' } as const;

/** What is alike is one line, whatever the number of nodes. */
function changeLines(changes: readonly Difference[], out: Out): readonly string[] {
  const alike = groupBy(changes, ({ mark, name, reasons, effect, until }) =>
    JSON.stringify([mark, name, reasons, effect, until && day(until)]),
  );
  return [...alike.values()].flatMap((ones) => {
    const [first] = ones;
    if (first === undefined) return [];
    const ids = listed(ones.map(({ id }) => id));
    return [`  ${out.style(colours[first.mark], first.mark)} ${ids}: ${whatOf(first)}`];
  });
}

function whatOf({ mark, reasons, effect, until }: Difference): string {
  if (mark !== '-') return [reasons.join(', '), ...effectWords(effect)].join('; ');
  if (until === undefined) return 'not in the cluster file any longer';
  return `not in the cluster file any longer; its certificate stays valid until ${day(until)}, and nothing can revoke it`;
}

function effectWords(effect: Effect): readonly string[] {
  if (effect.who === 'person') return [`hand out ${effect.file}`];
  if (effect.who === 'nobody') return [];
  return [effect.how === 'restart' ? `restart ${effect.process}` : `restarts: none, ${effect.process} re-reads it`];
}

function fileLine({ writes, drops, makes }: Diff['survey']): string | undefined {
  const written = writes.length === 0 ? [] : [`${count(writes.length, 'file')} to be written`];
  const dropped = drops.length === 0 ? [] : [`${count(drops.length, 'file')} to be left out`];
  if (written.length + dropped.length === 0) return undefined;
  const which = makes.length === 0 ? `: ${listed([...writes, ...drops])}` : '';
  return `  ${[...written, ...dropped].join(', ')}${which}`;
}

function dueLines({ due }: Diff, out: Out): readonly string[] {
  const [first] = [...due].sort((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
  if (first === undefined) return [];
  return [
    `  ${out.style('yellow', 'due')} ${listed(due.map(({ id }) => id))}: the first ends on ${day(first.notAfter)}; ${prefixed(['renew'])} makes it again, generate never does because of time`,
  ];
}

function editLines({ edited }: Diff, out: Out): readonly string[] {
  return [
    `  ${out.style('red', 'edited by hand')} ${listed(edited)}: generate stops at it, unless the edits are brought back or given up (--discard-edits)`,
  ];
}

function diffJson({ cluster, folder, generation, changes, survey, due, edited, changed, affected, care }: Diff) {
  return {
    cluster,
    output: folder,
    generation,
    changed,
    changes: changes.map(({ mark, id, kind, reasons, effect, until }) => ({
      mark,
      id,
      kind,
      reasons,
      effect,
      ...(until === undefined ? {} : { until: until.toISOString() }),
    })),
    files: { written: survey.writes, kept: survey.stays, dropped: survey.drops },
    due: due.map(({ id, notAfter }) => ({ id, notAfter: notAfter.toISOString() })),
    edited,
    restarts: affected,
    care,
  };
}
