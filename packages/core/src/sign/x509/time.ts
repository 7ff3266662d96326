import { DerError, type Element, tags } from './der.ts';

/** Whether an instant is written as GeneralizedTime: from 2050 on (RFC 5280 4.1.2.5). */
export function isGeneralized(instant: Date): boolean {
  return instant.getUTCFullYear() >= 2050;
}

/** An instant out of a Time: with seconds, in UTC, without a fraction. @throws DerError for any other form */
export function readTime(der: Uint8Array, { tag, content, end }: Element): Date {
  if (tag !== tags.generalizedTime && tag !== tags.utcTime) throw new DerError('its validity holds no time');
  const century = tag === tags.generalizedTime ? 2 : 0;
  if (end - content !== 13 + century || der[end - 1] !== 0x5a) throw wrongForm();
  const pair = (index: number) => twoDigits(der, content + 2 * index);
  const rest = century / 2;
  const year = century === 0 ? (pair(0) < 50 ? 2000 : 1900) + pair(0) : pair(0) * 100 + pair(1);
  const [month, day, hour, minute, second] = [
    pair(rest + 1),
    pair(rest + 2),
    pair(rest + 3),
    pair(rest + 4),
    pair(rest + 5),
  ];
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC takes the years up to 99 for those of the last century, and carries what is too large.
  const exists = year > 99 && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) throw new DerError('a time does not exist');
  return instant;
}

function twoDigits(der: Uint8Array, at: number): number {
  const [tens, ones] = [(der[at] ?? 0) - 0x30, (der[at + 1] ?? 0) - 0x30];
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw wrongForm();
  return tens * 10 + ones;
}

function wrongForm(): DerError {
  return new DerError('a time is not written as it must be');
}
