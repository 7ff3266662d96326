import type { Kind, Report } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { days, distance } from '../text/words.ts';
import { placeMarkup, worst } from './kinds.ts';

const dayLength = 86_400_000;

/** Days before or after today that may have a line of their own; the first of those that lie close counts. */
const marks: readonly (readonly [number, string])[] = [
  [0, 'today'],
  [30, 'due, 30 d'],
  [7, '7 d'],
  [365, '1 y'],
  [3650, '10 y'],
  [90, '90 d'],
  [-30, '30 d ago'],
  [-365, '1 y ago'],
  [-7, '7 d ago'],
  [1825, '5 y'],
  [730, '2 y'],
  [7300, '20 y'],
  [18_250, '50 y'],
  [36_500, '100 y'],
];

/** Lines that stand for a threshold: a certificate is due a month before its end, and urgent a week before. */
const thresholds: Readonly<Record<number, string>> = { 0: 'today', 7: 'urgent', 30: 'due' };

/** When what ends, the first first. Near days are told more finely than far ones. */
export function timeline(report: Report): Markup {
  const { now } = report;
  const kinds = report.kinds
    .filter((kind): kind is Kind & { ends: NonNullable<Kind['ends']> } => kind.ends !== undefined)
    .toSorted((a, b) => a.ends.first.getTime() - b.ends.first.getTime());
  if (kinds.length === 0) return markup`<p>Nothing here ends.</p>`;
  const at = scale(
    kinds.flatMap(({ ends }) => [ends.first, ends.last].map((date) => (date.getTime() - now.getTime()) / dayLength)),
  );
  const ticks = ticksOf(at);
  const lines = ticks.map(
    ({ x, mark }) => markup`<line class="tick ${thresholds[mark] ?? ''}" x1="${x}%" x2="${x}%" y1="0" y2="100%"/>`,
  );
  return markup`<div class="timeline"><div class="axis" aria-hidden="true"><svg width="100%" height="22">${ticks.map(
    ({ x, text, mark }) =>
      markup`<text class="${thresholds[mark] ?? 'minor'}" x="${x}%" y="15" text-anchor="middle">${text}</text>`,
  )}</svg></div><ol>${kinds.map(({ key, name, place, ends, credentials }) => {
    const [zero, first, last] = [0, ends.first, ends.last].map((each) =>
      at(typeof each === 'number' ? 0 : (each.getTime() - now.getTime()) / dayLength),
    ) as [number, number, number];
    const state = worst(credentials).replaceAll(' ', '-');
    const span = (from: number, to: number) =>
      markup`x="${Math.min(from, to)}%" width="${Math.max(0.4, Math.round(Math.abs(to - from) * 100) / 100)}%"`;
    return markup`<li><span class="name"><a href="#k-${key}">${visible(name)}</a>${placeMarkup({ credentials, place })}</span><svg class="bar" width="100%" height="20" aria-hidden="true">${lines}<rect class="${state} rest" ${span(first, last)} y="6" height="8" rx="2"/><rect class="${state}" ${span(zero, first)} y="6" height="8" rx="2"/></svg><span class="until">${days(ends.first, ends.last)} <small>${distance(ends.first, now)}</small></span></li>`;
  })}</ol></div>`;
}

/** Days as percents of the width: logarithmic to both sides of today. */
function scale(all: readonly number[]): (days: number) => number {
  const least = all.reduce((a, b) => Math.min(a, b), 0);
  const greatest = all.reduce((a, b) => Math.max(a, b), 31);
  const bent = (days: number) => Math.sign(days) * Math.log1p(Math.abs(days) / 20);
  const [low, high] = [bent(least), bent(greatest)];
  return (days) => Math.round((4 + ((bent(days) - low) / (high - low)) * 91) * 100) / 100;
}

function ticksOf(
  at: (days: number) => number,
): readonly { readonly x: number; readonly text: string; readonly mark: number }[] {
  const kept: { x: number; text: string; mark: number }[] = [];
  for (const [mark, text] of marks) {
    const x = at(mark);
    if (x >= 2 && x <= 98 && kept.every((other) => Math.abs(other.x - x) > 5)) kept.push({ x, text, mark });
  }
  return kept;
}
