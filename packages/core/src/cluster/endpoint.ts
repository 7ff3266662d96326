import { isIP } from 'node:net';
import { type Address, parseNodeAddress } from './address.ts';
import { type Parsed, read, textField, wrong } from './text.ts';

/** Where a server answers. */
export type Endpoint = { readonly host: string; readonly port?: number };

/** Reads `host`, `host:port`, an IPv6 address with or without brackets, or `[address]:port`. */
export function parseEndpoint(text: string): Parsed<Endpoint> {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (scheme !== undefined) return wrong('a URL, where host:port is expected', `leave out ${scheme.toLowerCase()}`);
  if (text.includes('/')) return wrong('a path, where host:port is expected', 'leave out the / and what follows');
  const parts = split(text);
  if (!parts.ok) return parts;
  const { host, port } = parts.value;
  if (host === '') return wrong('no host', 'write host or host:port');
  const address = parseNodeAddress(host);
  if (!address.ok) return address;
  if (port === undefined) return read({ host: hostOf(address.value) });
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535)
    return wrong('not a port', 'a number from 1 to 65535 behind the colon');
  return read({ host: hostOf(address.value), port: Number(port) });
}

/** Reads a member of an etcd that is elsewhere: `https://host:port` or `host:port`; the port is 2379 where it is missing. */
export function parseEtcdEndpoint(text: string): Parsed<Required<Endpoint>> {
  if (/^http:\/\//i.test(text)) return wrong('a URL without TLS', 'write https://');
  const endpoint = parseEndpoint(text.replace(/^https:\/\//i, '').replace(/\/$/, ''));
  return endpoint.ok ? read({ host: endpoint.value.host, port: endpoint.value.port ?? 2379 }) : endpoint;
}

/** Reads an endpoint in a schema. */
export const endpointField = textField(parseEndpoint);
/** Reads an endpoint of an etcd that is elsewhere in a schema. */
export const etcdEndpointField = textField(parseEtcdEndpoint);

/** `host:port`, with brackets around an IPv6 address. */
export function formatEndpoint(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

function hostOf(address: Address): string {
  return 'ip' in address ? address.ip : address.dns;
}

function split(text: string): Parsed<{ readonly host: string; readonly port?: string }> {
  if (isIP(text) === 6) return read({ host: text });
  if (text.startsWith('[')) {
    const inner = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
    const host = inner?.[1];
    if (host === undefined || (host !== '' && !host.includes('%') && isIP(host) !== 6))
      return wrong('brackets without an IPv6 address', 'write [address]:port');
    return read(inner?.[2] === undefined ? { host } : { host, port: inner[2] });
  }
  const [host = '', port, ...more] = text.split(':');
  if (more.length > 0)
    return wrong('neither host:port nor an IPv6 address', 'an IPv6 address with a port is [address]:port');
  return read(port === undefined ? { host } : { host, port });
}
