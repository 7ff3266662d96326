import { domainToASCII } from 'node:url';

/** The longest DNS name; a text longer than this is never looked at closely. */
export const longestHost = 253;

/** Whether a text is a DNS name of lower-case labels, as RFC 1123 has them. Lengths are not looked at. */
export function isHostname(text: string): boolean {
  return text.split('.').every((label) => /^[-a-z0-9]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-'));
}

/** Whether a text has letters beyond ASCII. */
export function isInternational(text: string): boolean {
  return /[^\0-\x7f]/.test(text);
}

/** What to write instead of an international name, where it has an ASCII form. */
export function asciiHint(name: string): string | undefined {
  const ascii = domainToASCII(name);
  return isHostname(ascii) ? `write its ASCII form, ${ascii}` : undefined;
}
