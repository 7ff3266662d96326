import { formatDuration } from '@kubepki/core';
import { counts, latestBegin, secondsLeft, stateOf, type Watched } from '@kubepki/status';
import type { Shown } from '../commands/status.ts';
import type { Args } from '../options.ts';
import { shown as shownPath } from '../shell.ts';
import { printWarnings, problemLines } from './failure.ts';
import type { Out } from './out.ts';
import { printable } from './printable.ts';
import { statusJson } from './status-json.ts';
import { isOver, leftText, rowsOf } from './status-rows.ts';
import { plainTable, terminalTable } from './status-table.ts';
import { count, day, listed } from './words.ts';

/** So many of what could not be read are told; --json has all. */
const most = 60;

export function printStatus(shown: Shown, out: Out, args: Args): void {
  if (args.json) out.json(statusJson(shown));
  else out.print([...(shown.metrics === undefined ? tables(shown, out, args) : []), ...last(shown, out)].join('\n'));
  printUnread(shown, out);
}

/** What was asked for. Whoever has metrics written has it there. */
function tables(shown: Shown, out: Out, { all, fingerprints }: Args): readonly string[] {
  const rows = rowsOf(shown.certificates, { all });
  const { width } = shown;
  const folded = rows.some(({ more }) => more > 0) ? [out.style('dim', '--all shows each')] : [];
  if (width === undefined) return [plainTable(rows, shown), ...folded, ''];
  const heads = shown.trees.map(({ cluster, folder, generation }) =>
    out.style('bold', `${cluster}: generation ${String(generation).padStart(4, '0')}, in ${shownPath(folder)}/current`),
  );
  const lines = terminalTable(rows, { shown, width, out, fingerprints });
  return [...heads, ...(heads.length > 0 ? [''] : []), ...lines, ...folded, ''];
}

function last(shown: Shown, out: Out): readonly string[] {
  return [...clock(shown, out), ...uncounted(shown, out), conclusion(shown, out), ...written(shown)];
}

/** Certificates from the future are told with the clock by which they are. */
function clock(shown: Shown, out: Out): readonly string[] {
  const { now, certificates } = shown;
  const latest = latestBegin(shown);
  if (latest === undefined) return [];
  const future = certificates.filter(({ begins }) => begins !== undefined && begins > now).length;
  const here = `this machine's clock says ${minute(now)}`;
  return [
    out.style(
      'yellow',
      `${here}, and ${count(future, 'certificate')} had not begun then, the last ${minute(latest)}: is it right?`,
    ),
  ];
}

/** What is not held against the threshold, and why. */
function uncounted({ certificates, threshold }: Shown, out: Out): readonly string[] {
  if (threshold === undefined) return [];
  const left = certificates.filter((each) => !counts(each, threshold.seconds));
  const names = (all: readonly Watched[]) => listed([...new Set(all.map(({ group }) => printable(group)))]);
  const renewed = left.filter(({ renews }) => renews !== undefined);
  const brief = left.filter(({ renews }) => renews === undefined);
  const limit = formatDuration(threshold.seconds);
  return [
    ...(renewed.length > 0
      ? [`${count(renewed.length, 'certificate')} of ${names(renewed)}: renewed by the process that has it`]
      : []),
    ...(brief.length > 0 ? [`${names(brief)}: planned to live no longer than ${limit}`] : []),
  ].map((text) => out.style('dim', `not counted: ${text}`));
}

function conclusion(shown: Shown, out: Out): string {
  const { certificates, threshold, now } = shown;
  if (threshold === undefined) return out.style('bold', summary(shown));
  const limit = formatDuration(threshold.seconds);
  const { under } = threshold;
  const of = count(certificates.length, 'certificate');
  if (under.size === 0) return out.style('green', `of ${of} none ends within ${limit}`);
  const each = [...under].map((one) => `${printable(one.id)} (${when(one, now)})`);
  return out.style(
    'red',
    `of ${of} ${under.size === 1 ? '1 ends' : `${under.size} end`} within ${limit}: ${listed(each)}`,
  );
}

function when(watched: Watched, now: Date): string {
  const state = stateOf(watched, now);
  return isOver(state) ? state : leftText(watched, now);
}

/** The first that counts, since a process that renews its own is not waited for. */
function summary({ certificates, now }: Shown): string {
  const of = count(certificates.length, 'certificate');
  const counted = certificates.filter(({ renews }) => renews === undefined);
  const over = counted.filter((each) => secondsLeft(each, now) < 0);
  const [next] = counted.filter((each) => secondsLeft(each, now) >= 0);
  const expired = over.length === 0 ? '' : `, ${over.length} expired`;
  if (next === undefined) return `${of}${expired}`;
  return `${of}${expired}; the next to end is ${printable(next.id)}, on ${day(next.ends)}, in ${leftText(next, now)}`;
}

function written({ metrics }: Shown): readonly string[] {
  return metrics === undefined ? [] : [`metrics in ${shownPath(metrics)}`];
}

/** What could not be read stands on stderr, since the rest is the result. */
function printUnread({ problems, notes }: Shown, out: Out): void {
  const clean = (texts: Shown['problems']) =>
    texts.map((problem) => ({ ...problem, where: printable(problem.where), message: printable(problem.message) }));
  printWarnings(clean(notes), out);
  if (problems.length === 0) return;
  out.note(
    `${out.noteStyle('red', 'error:')} ${count(problems.length, 'file or folder', 'files or folders')} could not be read`,
  );
  for (const line of problemLines(clean(problems.slice(0, most)))) out.note(line);
  if (problems.length > most) out.note(`  … and ${problems.length - most} more; --json has all`);
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
