import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { familyOf, parseIp } from './address.ts';
import { type Parsed, read, textField, wrong } from './text.ts';

/** The fewest addresses that kubeadm accepts in a range of services, as bits: it asks for 10. */
const fewestBits = 4;

/** Reads the range of the services' addresses into its canonical form, `10.96.0.0/12`. */
export function parseSubnet(text: string): Parsed<string> {
  const [base = '', bits, ...more] = text.split('/');
  if (bits === undefined || more.length > 0)
    return wrong('not a subnet', 'write one like 10.96.0.0/12 or fd00:10:96::/112');
  const ip = parseIp(base);
  if (!ip.ok)
    return wrong(
      `not a subnet: ${ip.message}`,
      ip.hint?.startsWith('write ') ? `${ip.hint}/${/^\d{1,3}$/.test(bits) ? bits : '…'}` : ip.hint,
    );
  const width = familyOf(ip.value) === 4 ? 32 : 128;
  if (isIP(base) !== familyOf(ip.value))
    return wrong('a subnet of IPv4 addresses written as IPv6', 'write it like 10.96.0.0/12');
  if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > width)
    return wrong('not a subnet', `a number from 1 to ${width} behind the /`);
  const network = networkOf(ip.value, Number(bits));
  if (network !== ip.value) return wrong('not the first address of its subnet', `write ${network}/${bits}`);
  const range = ipaddr.parse(network).range();
  if (Number(bits) === 0 || range === 'multicast' || range === 'loopback' || range === 'broadcast')
    return wrong('a range that services cannot have');
  if (Number(bits) > width - fewestBits)
    return wrong('a subnet too small for services', `a prefix length of ${width - fewestBits} at most`);
  return read(`${network}/${bits}`);
}

/** Reads a subnet in a schema. */
export const subnetField = textField(parseSubnet);

/** The first address of a canonical subnet: that of the API server's service. */
export function firstAddress(subnet: string): string {
  const bytes = ipaddr.parse(networkAddress(subnet)).toByteArray();
  return ipaddr.fromByteArray([...bytes.slice(0, -1), (bytes.at(-1) ?? 0) + 1]).toString();
}

/** Whether an address lies in a canonical subnet. */
export function contains(subnet: string, ip: string): boolean {
  const network = networkAddress(subnet);
  return familyOf(network) === familyOf(ip) && networkOf(ip, Number(subnet.slice(network.length + 1))) === network;
}

/** 4 or 6, for a canonical subnet. */
export function familyOfSubnet(subnet: string): 4 | 6 {
  return familyOf(subnet);
}

function networkAddress(subnet: string): string {
  return subnet.slice(0, subnet.indexOf('/'));
}

function networkOf(ip: string, bits: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  const masked = bytes.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
  return ipaddr.fromByteArray(masked).toString();
}
