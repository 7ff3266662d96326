import type { San } from '../../x509/read-sans.ts';

const label = '[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?';
const host = `${label}(\\.${label})*`;
const dnsName = new RegExp(`^(\\*\\.)?${host}$`);
const ipLike = /^\d+(\.\d+)*$/;
const email = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]{1,64}@${host}$`);
// A scheme and what is behind it, in the characters that RFC 3986 has; where it names a host, that is not empty.
const uri = /^[a-zA-Z][a-zA-Z0-9+.-]*:(?!\/\/(\/|$))[!#$&-;=?-[\]_a-z~%]+$/;
const mapped = Buffer.from('00000000000000000000ffff', 'hex');
/** GeneralName (RFC 5280 4.2.1.6) but for the four kinds that have a form of their own. */
const others: ReadonlySet<number> = new Set([0xa0, 0xa3, 0xa4, 0xa5, 0x88]);

/** Whether a text can be the name of a host in a certificate; the underscore is no letter of RFC 1123, and read by all. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && dnsName.test(text) && !ipLike.test(text);
}

/** Whether bytes are an address in its own form. */
export function isAddress(bytes: Uint8Array): boolean {
  return bytes.length === 4 || (bytes.length === 16 && Buffer.compare(bytes.subarray(0, 12), mapped) !== 0);
}

/** Whether a name of neither of the two kinds above has the form of its kind. */
export function isOther({ kind, text, tag }: San): boolean {
  if (kind === 'email') return text.length <= 320 && email.test(text);
  return kind === 'URI' ? uri.test(text) : others.has(tag);
}

/** Whether a name of any kind has the form of its kind. */
export function isGeneralName(san: San): boolean {
  if (san.kind === 'DNS') return isDnsName(san.text);
  return san.kind === 'IP' ? isAddress(san.bytes) : isOther(san);
}
