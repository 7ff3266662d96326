import { contentOf, DerError, type Element, tags } from './der.ts';

/** Whether an instant is written as GeneralizedTime: from 2050 on (RFC 5280 4.1.2.5). */
export function isGeneralized(instant: Date): boolean {
  return instant.getUTCFullYear() >= 2050;
}

/** An instant out of a Time: with seconds, in UTC, without a fraction. @throws DerError for any other form */
export function readTime(der: Uint8Array, element: Element): Date {
  const text = Buffer.from(contentOf(der, element)).toString('latin1');
  const generalized = element.tag === tags.generalizedTime;
  if (!generalized && element.tag !== tags.utcTime) throw new DerError('its validity holds no time');
  if (!(generalized ? /^\d{14}Z$/ : /^\d{12}Z$/).test(text)) throw new DerError('a time is not written as it must be');
  const digits = generalized ? text : `${Number(text.slice(0, 2)) < 50 ? 20 : 19}${text}`;
  const [year, month, day, hour, minute, second] = [
    digits.slice(0, 4),
    ...[4, 6, 8, 10, 12].map((at) => digits.slice(at, at + 2)),
  ];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== iso) throw new DerError('a time does not exist');
  return instant;
}
