import { type Parsed, read, textField, wrong } from './text.ts';

const nanoseconds = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  y: 31_536_000_000_000_000n,
} as const;

/** The longest duration that Go holds: 292 years. */
const longest = 2n ** 63n - 1n;

const example = 'write one like 8760h, 90d or 1y';

/** Reads a duration as Go writes it (`1h30m`), or with days and years of 365 days, into whole seconds. */
export function parseDuration(text: string): Parsed<number> {
  if (text.length > 64 || !/^(\d+(\.\d+)?(ns|us|µs|μs|ms|s|m|h|d|y))+$/.test(text)) {
    if (/^\d{1,20}$/.test(text)) return wrong('a duration without a unit', example);
    return wrong(/^[-+]/.test(text) ? 'a duration with a sign' : 'not a duration', example);
  }
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d+)(?:\.(\d+))?([a-zµμ]+)/g)) {
    const scale = 10n ** BigInt(fraction.length);
    const scaled = BigInt(whole + fraction) * nanoseconds[unit as keyof typeof nanoseconds];
    if (scaled % scale !== 0n) return wrong('a duration with a part of a nanosecond', 'whole seconds');
    total += scaled / scale;
  }
  if (total > longest) return wrong('a duration of more than 292 years, the longest that Go holds');
  if (total % nanoseconds.s !== 0n) return wrong('a duration with a part of a second', 'whole seconds');
  return read(Number(total / nanoseconds.s));
}

/** Reads a duration in a schema, into whole seconds. */
export const durationField = textField(parseDuration);

/** Seconds in the largest units that hold them whole: `1y`, `30d`, `1h30m`. */
export function formatDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  const day = 86_400;
  for (const [unit, size] of [
    ['y', 365 * day],
    ['d', day],
  ] as const) {
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  }
  const parts = [
    ['h', Math.floor(seconds / 3600)],
    ['m', Math.floor((seconds % 3600) / 60)],
    ['s', seconds % 60],
  ] as const;
  return parts
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count}${unit}`)
    .join('');
}
