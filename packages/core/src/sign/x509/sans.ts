import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PkiError } from '../../error.ts';
import { quoted } from './quoted.ts';

/** The 4 or 16 bytes of an address; of an IPv4 address written as IPv6 the 4. @throws PkiError SAN_INVALID, for a zone too */
export function ipBytes(ip: string): Uint8Array {
  if (isIP(ip) === 0 || ip.includes('%'))
    throw new PkiError('SAN_INVALID', `${quoted(ip)}: not an IP address`, { hint: 'IPv4 or IPv6, without a zone' });
  return Uint8Array.from(ipaddr.process(ip).toByteArray());
}

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
