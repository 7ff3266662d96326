import { isIP, isIPv6 } from 'node:net';
import type { Boot, Host } from './types.ts';

export function ips(host: Host): string[] {
  return host.addresses.filter((address) => isIP(address) !== 0);
}

/** The node's advertised address. */
export function firstIp(host: Host): string {
  const [first] = ips(host);
  if (first === undefined) throw new Error(`${host.name} has no IP address`);
  return first;
}

/** The host of an address in a URL. */
export function inUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

/** Where the control-plane endpoint leads. */
export function firstControlPlane(boot: Boot): Host {
  const [first] = hostsWith(boot, 'kube-apiserver');
  if (first === undefined) throw new Error('no node of the plan has a kube-apiserver');
  return first;
}

/** The nodes that run a process, in the plan's order. */
export function hostsWith(boot: Boot, process: string): Host[] {
  const names = new Set(boot.processes.filter((each) => each.process === process).map((each) => each.node));
  return boot.hosts.filter((host) => names.has(host.name));
}

export const apiPort = '6443';

/** The port of a node's API server. */
export function portOf(boot: Boot, host: Host): string {
  const plan = boot.processes.find(({ node, process }) => node === host.name && process === 'kube-apiserver');
  return plan?.flags['--secure-port'] ?? apiPort;
}

/** The URL of one node's API server, at the address that it advertises. */
export function apiServer(boot: Boot, host: Host): string {
  return `https://${inUrl(firstIp(host))}:${portOf(boot, host)}`;
}
