import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Affected, affectedBy, type Output } from '@kubepki/core';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';
import { readersOf } from '../verify-readers.ts';

/** A process that reads what was written, and how it is restarted where it has to be. */
export type Restart = {
  readonly process: string;
  readonly how: Affected['how'];
  /** The files, as they lie on the node. */
  readonly files: readonly string[];
  readonly command?: string;
  /** How the command ended, where it was run. */
  readonly ended?: number;
};

/** Where systemd looks for the units of a machine (systemd.unit(5)). */
const units = ['etc/systemd/system', 'run/systemd/system', 'usr/lib/systemd/system', 'lib/systemd/system'];

/**
 * The command that restarts a process on its node; undefined: nobody knows how it runs there. What runs as a unit of
 * systemd is restarted by that. A container is stopped, and its kubelet starts it again at once: a static pod's manifest
 * need not be moved away and back for that, which would leave a node without the pod if it were interrupted.
 */
export function restartCommand(process: string, root: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(process)) return undefined;
  const manifest = existsSync(join(root, 'etc/kubernetes/manifests', `${process}.yaml`));
  const unit = units.some((folder) => existsSync(join(root, folder, `${process}.service`)));
  if (process === 'kubelet' || (unit && !manifest)) return `systemctl restart ${process}`;
  // kube-proxy is a pod of a DaemonSet where it is no unit, so it has no manifest on the node.
  if (!manifest && process !== 'kube-proxy') return undefined;
  return `ids=$(crictl ps --quiet --label io.kubernetes.container.name=${process}) && echo "$ids" | xargs -r crictl stop`;
}

/** What reads files that were written on a node, by the plan of the current generation. */
export async function restartsOf(
  written: readonly string[],
  {
    args,
    output,
    node,
    root,
  }: { readonly args: Args; readonly output: Output; readonly node: string; readonly root: string },
): Promise<readonly Restart[]> {
  const { plan } = output;
  if (plan === undefined || written.length === 0) return [];
  const { layout } = await readersOf(args, { output, plan });
  if (layout === undefined) return [];
  const paths = new Set(written.map((path) => `nodes/${node}/${path}`));
  return affectedBy(paths, { plan, layout }).map(({ process, how, files }) => {
    const command = how === 'restart' ? restartCommand(process, root) : undefined;
    const own = files.map((path) => path.slice(`nodes/${node}`.length));
    return { process, how, files: own, ...(command === undefined ? {} : { command }) };
  });
}

/** Runs the command of a restart, if it has one. What that prints goes to stderr. */
export function restarted(restart: Restart, { signal }: Pick<Session, 'signal'>): Restart {
  if (restart.command === undefined) return restart;
  signal.throwIfAborted();
  const { status } = spawnSync('sh', ['-c', restart.command], { stdio: ['ignore', 2, 2] });
  return { ...restart, ended: status ?? 1 };
}
