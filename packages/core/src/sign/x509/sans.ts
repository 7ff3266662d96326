import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PkiError } from '../../error.ts';
import { quoted } from './quoted.ts';

/** The 4 or 16 bytes of an address; of an IPv4 address written as IPv6 the 4. @throws PkiError SAN_INVALID, for a zone too */
export function ipBytes(ip: string): Uint8Array {
  const version = isIP(ip);
  if (version === 4) return ipv4Bytes(ip);
  if (version === 0 || ip.includes('%'))
    throw new PkiError('SAN_INVALID', `${quoted(ip)}: not an IP address`, { hint: 'IPv4 or IPv6, without a zone' });
  return Uint8Array.from(ipaddr.process(ip).toByteArray());
}

/** Of four numbers without leading zeros, as Node knows them; ipaddr.js takes ten times as long. */
function ipv4Bytes(ip: string): Uint8Array {
  const bytes = new Uint8Array(4);
  let at = 0;
  for (let index = 0; index < ip.length; index++) {
    const character = ip.charCodeAt(index);
    if (character === dot) at += 1;
    else bytes[at] = (bytes[at] ?? 0) * 10 + character - zero;
  }
  return bytes;
}

const dot = 0x2e;
const zero = 0x30;

/** An address in its canonical text (RFC 5952); what has another length in hexadecimal. */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length !== 4 && bytes.length !== 16) return Buffer.from(bytes).toString('hex');
  return ipaddr.fromByteArray([...bytes]).toString();
}

/** @throws PkiError SAN_INVALID for a name that an IA5String cannot hold, or that would read as something else */
export function checkDns(name: string): void {
  if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(name))
    throw new PkiError('SAN_INVALID', `${quoted(name)}: not a DNS name`, { hint: 'letters of ASCII, one name each' });
}
