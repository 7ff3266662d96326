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
