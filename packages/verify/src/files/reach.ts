import { describe } from '@kubepki/core';
import type { Reach } from './check-kubeconfig.ts';
import type { Found } from './found.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** Collects the hosts that kubeconfigs name, and at the end holds them against the names of the servers' certificates. */
export function reachWatch(): {
  see(reach: Reach): void;
  check(find: (id: string) => Found | undefined): Iterable<FileProblem>;
} {
  const files = new Map<string, { readonly host: string; readonly server: string; readonly files: string[] }>();
  return {
    see({ file, host, servers }) {
      for (const server of servers) {
        if (server.kind !== 'leaf') continue;
        const key = `${host} ${server.id}`;
        const known = files.get(key);
        if (known === undefined) files.set(key, { host, server: server.id, files: [file] });
        else known.files.push(file);
      }
    },
    *check(find) {
      for (const { host, server, files: all } of files.values()) {
        const certificate = find(server)?.certificate;
        if (certificate === undefined || covers(describe(certificate).sans, host)) continue;
        const message = `its server is at ${host}, which the certificate of ${server} does not name`;
        for (const file of all)
          yield ofFile(file, {
            check: 'kubeconfig',
            message,
            hint: 'give the server that name, or let the kubeconfig name another',
          });
      }
    },
  };
}

/** Whether a certificate's names have a host; `*` stands for one label. */
function covers(
  { dns, ips }: { readonly dns: readonly string[]; readonly ips: readonly string[] },
  host: string,
): boolean {
  const name = host.toLowerCase();
  const parent = name.slice(name.indexOf('.'));
  return ips.includes(host) || dns.some((one) => one.toLowerCase() === name || one.toLowerCase() === `*${parent}`);
}
