import { formatDuration } from '@kubepki/core';
import { type State, secondsLeft, stateOf, type Watched } from '@kubepki/status';
import type { Shown } from '../commands/status.ts';
import { groupBy } from '../group.ts';
import { day } from './words.ts';

/** So many certificates have a line each; of more the first ones, and then one of those that are alike. */
const most = { whole: 60, first: 20 } as const;

/** A line: a certificate, and how many like it are not shown, with the last of them. */
export type Row = { readonly first: Watched; readonly more: number; readonly last: Watched };

/** The lines of a table. With `all` each certificate has one. */
export function rowsOf(certificates: readonly Watched[], { all }: { readonly all: boolean }): readonly Row[] {
  if (all || certificates.length <= most.whole) return certificates.map(alone);
  const rest = certificates.slice(most.first);
  // Those that are alike stand where the first of them does.
  const groups = [...groupBy(rest, ({ kind, group, tree }) => [kind, tree, group].join('\0')).values()];
  const folded = groups.flatMap((group): readonly Row[] => {
    const [first] = group;
    if (first === undefined) return [];
    return group.length < 3 ? group.map(alone) : [{ first, more: group.length - 1, last: group.at(-1) ?? first }];
  });
  return [...certificates.slice(0, most.first).map(alone), ...folded];
}

function alone(first: Watched): Row {
  return { first, more: 0, last: first };
}

/** The id of a row's certificate, and how many like it the row stands for. */
export function nameOf({ first, more }: Row): string {
  return more === 0 ? first.id : `${first.id} and ${more} more`;
}

/** What a person is to know of a certificate beside its end. */
export function remarksOf({ first, last }: Row, { now, threshold }: Shown): readonly string[] {
  const { endsWith, renews } = first;
  const state = stateOf(first, now);
  return [
    ...(day(first.ends) === day(last.ends) ? [] : [`the last ${day(last.ends)}`]),
    ...(state === 'good' ? [] : [state]),
    ...(isOver(state) || !threshold?.under.has(first) ? [] : [`within ${formatDuration(threshold.seconds)}`]),
    ...(endsWith === undefined ? [] : [`with ${endsWith}`]),
    ...(renews === undefined ? [] : ['renews itself']),
  ];
}

/** Whether a certificate is not good at this moment. */
export function isOver(state: State): boolean {
  return state === 'expired' || state === 'not yet valid';
}

/** `31d`, `9y`, `5h`; of what is over with a minus. */
export function leftText(watched: Watched, now: Date): string {
  const left = secondsLeft(watched, now);
  const units = [
    [365 * 86_400, 'y'],
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ] as const;
  // Two of a unit are told in it, one is better told in the next.
  const [size, unit] = units.find(([seconds]) => Math.abs(left) >= 2 * seconds) ?? ([1, 's'] as const);
  return `${Math.trunc(left / size)}${unit}`;
}
