import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { asciiHint, isHostname, isInternational, longestHost } from './rfc1123.ts';
import { type Parsed, read, textField, wrong } from './text.ts';

/** An address in a certificate or of a machine, canonical. */
export type Address = { readonly ip: string } | { readonly dns: string };

/** 4 or 6, for a canonical IP address. */
export function familyOf(ip: string): 4 | 6 {
  return ip.includes(':') ? 6 : 4;
}

/** Reads an IP address into its canonical form: IPv6 as RFC 5952 writes it, and IPv4 where it is mapped into IPv6. */
export function parseIp(text: string): Parsed<string> {
  if (text.includes('%'))
    return wrong('an IP address with a zone, which no certificate can hold', 'leave out the % and what follows');
  if (isIP(text) !== 0) return read(canonical(text));
  const plain = withoutLeadingZeros(text);
  if (plain !== undefined) return wrong('an IP address with leading zeros, which some read as octal', `write ${plain}`);
  return wrong('not an IP address');
}

/** Reads a DNS name into lower case. An IP address is none, nor is what looks like a mistyped one. */
export function parseDnsName(text: string): Parsed<string> {
  const name = text.toLowerCase();
  if (name === '') return wrong('empty, where a DNS name is expected');
  if (isIP(name) !== 0) return wrong('an IP address, where a DNS name is expected');
  if (name.length > longestHost) return wrong(`a DNS name of ${name.length} characters; ${longestHost} are allowed`);
  if (isInternational(name)) return wrong('a DNS name with letters beyond ASCII', asciiHint(name));
  if (name.endsWith('.') && isHostname(name.slice(0, -1))) {
    return wrong('a DNS name with a dot at its end', `write ${name.slice(0, -1)}`);
  }
  const label = name.split('.').find((part) => part.length > 63);
  if (label !== undefined) return wrong(`a DNS name with a label of ${label.length} characters; 63 are allowed`);
  if (name.includes('*')) return wrong('a wildcard, which is not allowed here');
  if (!isHostname(name)) return wrong('not a DNS name', 'labels of a-z, 0-9 and -, separated by dots');
  if (/(^|\.)\d+$/.test(name) && name.includes('.')) return wrong('neither an IP address nor a DNS name');
  return read(name);
}

/** Reads the name or address of a host. Wildcards are not one. */
export function parseHost(text: string): Parsed<Address> {
  const slip = slipOf(text);
  if (slip !== undefined) return slip;
  const ip = parseIp(text);
  if (ip.ok) return read({ ip: ip.value });
  if (ip.hint !== undefined) return ip;
  const dns = parseDnsName(text);
  return dns.ok ? read({ dns: dns.value }) : dns;
}

/** Reads an address of a machine: one that others can reach it at. */
export function parseNodeAddress(text: string): Parsed<Address> {
  const host = parseHost(text);
  if (!host.ok || !('ip' in host.value)) return host;
  const range = ipaddr.parse(host.value.ip).range();
  if (range === 'unspecified' || range === 'broadcast')
    return wrong('an address that no machine can have', 'write the address that others reach it at');
  if (range === 'multicast') return wrong('a multicast address, which no machine can have alone');
  return host;
}

/** Reads a subject alternative name: a host, or a DNS name whose first label is `*`. */
export function parseSan(text: string): Parsed<Address> {
  if (!text.startsWith('*.')) {
    return text.includes('*')
      ? wrong('a wildcard within a name', 'the first label alone may be *, as in *.example.com')
      : parseHost(text);
  }
  const rest = parseDnsName(text.slice(2));
  if (!rest.ok) return rest;
  return rest.value.length + 2 > longestHost
    ? wrong(`a DNS name of more than ${longestHost} characters`)
    : read({ dns: `*.${rest.value}` });
}

/** Reads a machine's address in a schema. */
export const nodeAddressField = textField(parseNodeAddress);
/** Reads a subject alternative name in a schema. */
export const sanField = textField(parseSan);

/** Addresses by kind, each once, in their order. */
export function byKind(addresses: readonly Address[]): {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
} {
  return {
    dns: [...new Set(addresses.flatMap((address) => ('dns' in address ? [address.dns] : [])))],
    ips: [...new Set(addresses.flatMap((address) => ('ip' in address ? [address.ip] : [])))],
  };
}

/** Reads a list of subject alternative names in a schema; none where it is missing. */
export const sansField = z.array(sanField).default([]).transform(byKind);

function canonical(ip: string): string {
  // What Node takes for IPv4 has no leading zeros.
  return isIP(ip) === 4 ? ip : ipaddr.process(ip).toString();
}

function withoutLeadingZeros(text: string): string | undefined {
  if (!/^\d{1,10}(\.\d{1,10}){3}$/.test(text)) return undefined;
  const plain = text.split('.').map(Number).join('.');
  return plain !== text && isIP(plain) === 4 ? plain : undefined;
}

/** Something else that stands where a host is expected, and holds one. */
function slipOf(text: string): Parsed<never> | undefined {
  if (text === '') return wrong('empty, where an address is expected');
  if (text.length > longestHost) return wrong(`an address of ${text.length} characters; ${longestHost} are allowed`);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return wrong('a URL, where an address is expected', 'write the host alone');
  const bracketed = /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1];
  if (bracketed !== undefined && isIP(bracketed) === 6)
    return wrong('an address in brackets', `write ${canonical(bracketed)}`);
  const [before = '', after, ...more] = text.split(/[/:]/);
  if (
    after !== undefined &&
    more.length === 0 &&
    /^\d+$/.test(after) &&
    (isIP(before) !== 0 || isHostname(before.toLowerCase()))
  ) {
    return wrong(
      text.includes('/') ? 'an address with a prefix length' : 'an address with a port',
      `write ${before.toLowerCase()}`,
    );
  }
  const [ipv6 = '', bits] = text.split('/');
  if (bits !== undefined && isIP(ipv6) === 6)
    return wrong('an address with a prefix length', `write ${canonical(ipv6)}`);
  return undefined;
}
