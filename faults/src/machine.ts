import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Need } from './row.ts';

/** The uid and gid of nobody. */
export const nobody = 65_534;

const asks: Readonly<Record<Need, () => boolean>> = {
  Linux: () => process.platform === 'linux',
  root: () => process.getuid?.() === 0,
  strace: () => works('strace', ['-f', '-o', '/dev/null', 'true']),
  setpriv: () => works('setpriv', [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', 'true']),
  flock: () => works('flock', ['--version']),
  mount: () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubepki-mount-'));
    try {
      return works('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'none', folder]) && works('umount', [folder]);
    } finally {
      rmdirSync(folder);
    }
  },
};
const known = new Map<Need, boolean>();

/** What of that this machine lacks. */
export function lacking(needs: readonly Need[]): readonly Need[] {
  return needs.filter((need) => {
    const has = known.get(need) ?? asks[need]();
    known.set(need, has);
    return !has;
  });
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
