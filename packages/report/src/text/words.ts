import { formatDuration } from '@kubepki/core';

/** `1 node`, `3 nodes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Names in a line; of many the first ones. */
export function listed(names: readonly string[], most = 6): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The first and the last of some days, or the one that they all are. */
export function days(first: Date, last: Date): string {
  return day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`;
}

export function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How far an instant is from another: `in 29 days`, `3 days ago`, `today`. */
export function distance(to: Date, from: Date): string {
  const whole = Math.floor((to.getTime() - from.getTime()) / 86_400_000);
  const size = Math.abs(whole);
  if (whole === 0) return 'within a day';
  const text = size < 730 ? count(size, 'day') : `${(size / 365).toFixed(1).replace('.0', '')} years`;
  return whole > 0 ? `in ${text}` : `${text} ago`;
}

/** A life for people: an odd one of some days is told in whole days. */
export function lifeText(seconds: number): string {
  const [hour, long] = [3600, 86_400];
  return formatDuration(seconds > 3 * long && seconds % hour !== 0 ? Math.floor(seconds / long) * long : seconds);
}
