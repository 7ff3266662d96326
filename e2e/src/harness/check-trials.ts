import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { node } from '../kubepki.ts';
import type { Holders } from './network.ts';
import type { Boot, See, Trial } from './types.ts';

const program = fileURLToPath(new URL('trial.ts', import.meta.url));

/**
 * Tries each client at each server from the client's own node: etcd refuses a certificate whose addresses are not the
 * one that the client comes from (etcd client/pkg/transport/listener_tls.go, checkCertSAN).
 */
export async function checkTrials({ trials = [] }: Boot, holders: Holders, see: See): Promise<void> {
  const byNode = new Map<string | undefined, Trial[]>();
  for (const trial of trials) byNode.set(trial.from, [...(byNode.get(trial.from) ?? []), trial]);
  for (const [from, its] of byNode) {
    const enter = from === undefined ? [] : ['nsenter', '-t', `${holders.get(from)}`, '-n'];
    const [command = '', ...args] = [...enter, ...node, program];
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(its.map((trial) => `${JSON.stringify(trial)}\n`).join(''));
    for await (const line of createInterface({ input: child.stdout })) {
      const { client, server, is } = JSON.parse(line) as { client: string; server: string; is: string };
      see('trial', `${client} → ${server}`, is);
    }
  }
}
