import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../parts.ts';
import { firstControlPlane } from './addresses.ts';
import type { Flags } from './flags.ts';
import type { Holders } from './network.ts';
import type { Boot } from './types.ts';

/** Why a boot ended: what was not seen, and the last lines of the part that should have shown it. */
export class BootFailure extends Error {
  readonly log: string;
  constructor(message: string, log = '') {
    super(message);
    this.log = log;
  }
}

export type Command = {
  readonly part: Part;
  readonly args: readonly string[];
  readonly node?: string;
  readonly input?: string;
};

export type Machine = {
  readonly boot: Boot;
  /** Starts a part on a node. It ends with the boot. */
  start(part: Part, node: string, flags: Flags): void;
  /** Runs a part on a node (or elsewhere) and returns what it printed. */
  run(command: Command): Promise<string>;
  /** Tries until something comes of it; what a part says in its log is the reason where nothing does. */
  until<T>(what: string, part: Part, node: string, attempt: () => Promise<T | undefined>): Promise<T>;
};

const enterFolder = 'cd "$0" && exec "$@"';
// The fake runtime leaves files in /tmp, wherever TMPDIR points.
const hideTmp = 'case $1 in /tmp/*) ;; *) mount -t tmpfs tmpfs /tmp; export TMPDIR=/tmp ;; esac;';

export function machine(boot: Boot, holders: Holders): Machine {
  const ended: { what: string; log: string }[] = [];
  const log = (part: Part, node: string) => `${boot.work}/${part}@${node}.log`;
  const env = { ...process.env, TMPDIR: boot.work, HOME: boot.work };

  function inside({ part, args, node }: Command): [string, string[]] {
    const path = boot.parts[part];
    if (path === undefined) throw new Error(`no ${part} here`);
    if (node === undefined) return [path, [...args]];
    const enter = ['-t', `${holders.get(node)}`, '-n', '-m', ...(part === 'kubelet' ? ['unshare', '--mount'] : [])];
    const script = part === 'kubelet' ? `${hideTmp} ${enterFolder}` : enterFolder;
    return ['nsenter', [...enter, 'sh', '-c', script, boot.folder ? '/etc/kubernetes' : '/', path, ...args]];
  }

  const server = firstControlPlane(boot).name;
  const failed = (command: Command, why: string) =>
    new BootFailure(`${told(command)}: ${why}`, lastLines(log('kube-apiserver', server)));

  return {
    boot,
    start(part, node, flags) {
      const file = openSync(log(part, node), 'w', 0o600);
      const args = Object.entries(flags).map(([flag, value]) => `${flag}=${value}`);
      const child = spawn(...inside({ part, node, args }), { stdio: ['ignore', file, file], env });
      closeSync(file);
      child.on('exit', (code, signal) => {
        ended.push({ what: `${part} of ${node} ended with ${code ?? signal}`, log: log(part, node) });
      });
    },
    run(command) {
      return new Promise((resolve, reject) => {
        const child = execFile(...inside(command), { env, timeout: 30_000 }, (error, stdout, stderr) =>
          error ? reject(failed(command, stderr.trim() || error.message)) : resolve(stdout.trim()),
        );
        child.stdin?.on('error', () => {});
        child.stdin?.end(command.input ?? '');
      });
    },
    async until(what, part, node, attempt) {
      const end = Date.now() + 60_000;
      let last = '';
      for (;;) {
        const seen = await attempt().catch((error: unknown) => {
          last = error instanceof Error ? error.message : String(error);
          return undefined;
        });
        if (seen !== undefined) return seen;
        // None of them ends by itself, so the first that did is to blame.
        const [dead] = ended;
        if (dead) throw new BootFailure(`Not seen: ${what} (${dead.what})`, lastLines(dead.log));
        if (Date.now() > end) throw new BootFailure(`Not seen: ${what} (${last})`, lastLines(log(part, node)));
        await sleep(250);
      }
    },
  };
}

function told({ part, args, node }: Command): string {
  return [part, ...args, ...(node === undefined ? [] : [`(on ${node})`])].join(' ');
}

function lastLines(file: string): string {
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => !line.includes('PRIVATE KEY'))
    .slice(-12)
    .map((line) => line.slice(0, 600))
    .join('\n');
}
