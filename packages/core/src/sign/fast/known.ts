import type { Template, Values } from '../certificate.ts';
import { keyKindOf } from '../x509/key-kind.ts';

/** What was thought of here. A field that is new in a template or in the values must be, too: then this compiles. */
type Fields =
  | keyof Pick<Template, 'subject' | 'authority' | 'pathLength' | 'keyUsage' | 'extendedKeyUsage' | 'sans'>
  | keyof Pick<Template, 'subjectKeyId' | 'serialBits' | 'life' | 'uses' | 'waives'>
  | keyof Pick<Values, 'serial' | 'notBefore' | 'notAfter' | 'publicKey' | 'issuer' | 'again' | 'signer'>;
const complete: [Exclude<keyof Template | keyof Values, Fields>] extends [never] ? true : never = true;

/** Names that a certificate has at most, and attributes that its subject has. */
const most = 100;
/** Characters. */
const longest = 253;

/** Bytes of an issuer's name. */
const longestName = 4096;

/** Bytes; a key of RSA-16384 has half as many. */
const longestKey = 4096;

/** Whether the bytes of a certificate are known here: those of one like any other. */
export function isKnown(template: Template, values: Omit<Values, 'signer'>): boolean {
  const { authority, pathLength, keyUsage, subject, sans } = template;
  return (
    complete &&
    (pathLength === undefined || (authority && isSmall(pathLength))) &&
    values.again === undefined &&
    (values.issuer === undefined || values.issuer.subject.length <= longestName) &&
    keyUsage.length > 0 &&
    subject.length <= most &&
    sans.dns.length + sans.ips.length <= most &&
    subject.every(({ value }) => isAscii(value)) &&
    sans.dns.every((name) => name.length <= longest) &&
    isSerial(values.serial) &&
    isInstant(values.notBefore) &&
    isInstant(values.notAfter) &&
    values.publicKey.length <= longestKey &&
    keyKindOf(values.publicKey) !== undefined
  );
}

/** A number of one byte. */
function isSmall(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < 0x80;
}

function isAscii(text: string): boolean {
  return text.length <= longest && /^[\x20-\x7e]*$/.test(text);
}

/** From 1 to 2^159 - 1, without leading zeros. */
function isSerial(serial: Uint8Array): boolean {
  const [first = 0] = serial;
  return first !== 0 && (serial.length < 20 || (serial.length === 20 && first < 0x80));
}

function isInstant(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= 1950 && year <= 9999 && instant.getUTCMilliseconds() === 0;
}
