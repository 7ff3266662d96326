import { formatDuration } from '@kubepki/core';

/** Names in a line; of many the first ones. */
export function listed(names: readonly string[], most = 8): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `1 server`, `3 servers`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A life for people, or the shortest and the longest of several. An odd one of some days is told in whole days. */
export function lifeText(seconds: readonly number[]): string {
  const [hour, day] = [3600, 86_400];
  const isOdd = (life: number) => life > 3 * day && life % hour !== 0;
  const text = (life: number) => formatDuration(isOdd(life) ? Math.floor(life / day) * day : life);
  const [shortest, longest] = [text(Math.min(...seconds)), text(Math.max(...seconds))];
  return shortest === longest ? shortest : `${shortest} to ${longest}`;
}
