import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { isIP, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { firstControlPlane, firstIp, ips } from './addresses.ts';
import type { Boot, Host } from './types.ts';

/** The process that holds each node's namespaces open, by the node's name. */
export type Holders = ReadonlyMap<string, number>;

// A private /etc and /var/lib, so that a node's tree can stand on its true paths without a trace on this machine.
const hold = `set -e
mount --bind "$1/etc" /etc; mount --bind "$1/lib" /var/lib
[ ! -d "$2/etc/kubernetes" ] || mount --bind "$2/etc/kubernetes" /etc/kubernetes
[ -z "$3" ] || mount --bind "$3" /etc/kubernetes
[ ! -d "$2/var/lib/kubelet" ] || mount --bind "$2/var/lib/kubelet" /var/lib/kubelet
echo up; exec sleep infinity`;

/**
 * Gives every host a network and a mount namespace of its own and joins them by a bridge, so that addresses, ports,
 * paths and source addresses are the true ones: an etcd member refuses a peer whose source address is not in the
 * peer's certificate. Runs inside a private network namespace; nothing leaves the machine.
 */
export async function connect(boot: Boot): Promise<Holders> {
  const hosts = join(boot.work, 'hosts');
  writeFileSync(hosts, hostsFile(boot));
  execFileSync('mount', ['--bind', hosts, '/etc/hosts']);
  makeBridge(boot.hosts.flatMap(ips).some(isIPv6));
  const holders = new Map<string, number>();
  for (const host of boot.hosts) {
    const pid = await holdNamespaces(boot, host, makeFolders(boot, host, hosts));
    plugIn(pid, addressesOf(boot, host));
    holders.set(host.name, pid);
  }
  return holders;
}

function hostsFile(boot: Boot): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost'];
  for (const host of boot.hosts) {
    const names = [host.name, ...host.addresses.filter((address) => isIP(address) === 0)].join(' ');
    for (const address of ips(host)) lines.push(`${address} ${names}`);
  }
  if (boot.endpoint && isIP(boot.endpoint) === 0) lines.push(`${firstIp(firstControlPlane(boot))} ${boot.endpoint}`);
  return `${lines.join('\n')}\n`;
}

function addressesOf(boot: Boot, host: Host): string[] {
  const balanced = boot.endpoint && isIP(boot.endpoint) !== 0 && host === firstControlPlane(boot);
  return [...new Set([...ips(host), ...(balanced ? [boot.endpoint] : [])])];
}

function makeBridge(six: boolean) {
  ip('link set lo up');
  ip('link add br0 type bridge');
  ip('link set br0 up');
  ip('address add 169.254.0.1/32 dev br0');
  ip('route add default dev br0');
  if (!six) return;
  ip('-6 address add fe80::1/64 dev br0 nodad');
  ip('-6 route add default dev br0');
}

function makeFolders(boot: Boot, host: Host, hosts: string): string {
  const own = join(boot.work, host.name);
  for (const folder of ['etc/kubernetes', 'lib/kubelet']) mkdirSync(join(own, folder), { recursive: true });
  for (const file of ['/etc/nsswitch.conf', '/etc/passwd', '/etc/group']) {
    if (existsSync(file)) cpSync(file, join(own, file));
  }
  cpSync(hosts, join(own, 'etc/hosts'));
  return own;
}

async function holdNamespaces(boot: Boot, host: Host, own: string): Promise<number> {
  const args = ['--net', '--mount', 'sh', '-c', hold, '-', own, host.root ?? own, boot.folder ?? ''];
  const holder = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const up = await Promise.race([once(holder.stdout, 'data'), once(holder, 'close').then(() => undefined)]);
  if (!up || holder.pid === undefined) throw new Error(`no namespaces for ${host.name}`);
  return holder.pid;
}

function plugIn(pid: number, addresses: readonly string[]) {
  const on = (args: string) => execFileSync('nsenter', ['-t', `${pid}`, '-n', 'ip', ...args.split(' ')]);
  ip(`link add v${pid} type veth peer name eth0 netns ${pid}`);
  ip(`link set v${pid} master br0 up`);
  on('link set lo up');
  on('link set eth0 up');
  for (const address of addresses) {
    on(isIPv6(address) ? `address add ${address}/128 dev eth0 nodad` : `address add ${address}/32 dev eth0`);
  }
  if (addresses.some((each) => !isIPv6(each))) on('route add default dev eth0');
  if (addresses.some(isIPv6)) on('-6 route add default dev eth0');
}

function ip(args: string) {
  execFileSync('ip', args.split(' '));
}
