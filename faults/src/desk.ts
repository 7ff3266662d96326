import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walk } from './walk.ts';

/** A folder of its own, in which the program runs: the cluster file, the tree, and a folder with files in place. */
export type Desk = {
  readonly folder: string;
  readonly tree: string;
  readonly place: string;
  path(...names: string[]): string;
  /** Writes a file; what is no text is written as JSON, which is YAML too. */
  write(name: string, content: unknown): void;
  remove(): void;
};

/** Memory, where there is a file system in it: thousands of files are stored. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const root = realpathSync(mkdtempSync(join(scratch, 'kubepki-faults-')));
// Another user is to reach what is in it, as far as that lets him.
chmodSync(root, 0o711);
const mounts = new Set<string>();
let count = 0;

process.on('exit', () => {
  for (const mounted of [...mounts]) unmount(mounted);
  rmSync(root, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** A new one, empty or a copy of another. */
export function desk(from?: Desk): Desk {
  const folder = join(root, `${++count}`);
  if (from === undefined) mkdirSync(folder);
  else cpSync(from.folder, folder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const path = (...names: string[]) => join(folder, ...names);
  return {
    folder,
    tree: path('pki'),
    place: path('place'),
    path,
    write: (name, content) =>
      writeFileSync(path(name), typeof content === 'string' ? content : `${JSON.stringify(content)}\n`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Mounts a file system in memory on a folder, and gives the way back. */
export function mountMemory(folder: string, options: string): () => void {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot mount on ${folder}: ${stderr}`);
  mounts.add(folder);
  return () => unmount(folder);
}

export function remount(folder: string, options: string): void {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${options}`, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot mount ${folder} again: ${stderr}`);
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
  mounts.delete(folder);
}

/** All that is in a folder, with what would show that it was touched. */
export function look(folder: string): readonly string[] {
  return [...walk(folder)].map(({ path }) => {
    const { mode, ino, size, mtimeNs, ctimeNs, uid } = lstatSync(join(folder, path), { bigint: true });
    return [path, mode.toString(8), ino, size, uid, mtimeNs, ctimeNs].join(' ');
  });
}
