import type { Template } from '../certificate.ts';
import { tags } from '../x509/der.ts';
import { isPrintable } from '../x509/printable.ts';
import { isGeneralized } from '../x509/time.ts';
import { to } from './writer.ts';

const types = { O: Uint8Array.of(0x06, 3, 0x55, 0x04, 0x0a), CN: Uint8Array.of(0x06, 3, 0x55, 0x04, 0x03) } as const;
const dnsTag = 0x82;
const ipTag = 0x87;

/** A Name of ASCII (x509/name.ts). */
export function writeName(subject: Template['subject']): void {
  const end = to.length();
  for (let index = subject.length - 1; index >= 0; index--) {
    const { type, value } = subject[index] as Template['subject'][number];
    const since = to.length();
    to.text(value);
    to.header(isPrintable(value) ? tags.printableString : tags.utf8String, since);
    to.bytes(types[type]);
    to.header(tags.sequence, since);
    to.header(tags.set, since);
  }
  to.header(tags.sequence, end);
}

/** The value of the extension: names of ASCII, and then addresses (x509/extensions.ts). */
export function writeSans(dns: readonly string[], addresses: readonly Uint8Array[]): void {
  const end = to.length();
  for (let index = addresses.length - 1; index >= 0; index--) {
    const since = to.length();
    to.bytes(addresses[index] as Uint8Array);
    to.header(ipTag, since);
  }
  for (let index = dns.length - 1; index >= 0; index--) {
    const since = to.length();
    to.text(dns[index] as string);
    to.header(dnsTag, since);
  }
  to.header(tags.sequence, end);
}

/** An INTEGER that is positive; its bytes are minimal. */
export function writeSerial(serial: Uint8Array): void {
  const since = to.length();
  to.bytes(serial);
  if ((serial[0] ?? 0) >= 0x80) to.bytes(zero);
  to.header(tags.integer, since);
}

const zero = Uint8Array.of(0);

/** A Time in whole seconds, of the years 1950 to 9999 (x509/time.ts). */
export function writeTime(instant: Date): void {
  const since = to.length();
  const generalized = isGeneralized(instant);
  const year = instant.getUTCFullYear();
  to.text('Z');
  pair(instant.getUTCSeconds());
  pair(instant.getUTCMinutes());
  pair(instant.getUTCHours());
  pair(instant.getUTCDate());
  pair(instant.getUTCMonth() + 1);
  pair(year % 100);
  if (generalized) pair(Math.trunc(year / 100));
  to.header(generalized ? tags.generalizedTime : tags.utcTime, since);
}

const pairs = Array.from({ length: 100 }, (_, number) => `${number}`.padStart(2, '0'));

function pair(number: number): void {
  to.text(pairs[number] ?? '');
}
