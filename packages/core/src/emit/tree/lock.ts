import { spawnSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { PkiError } from '../../error.ts';
import { look } from './read.ts';
import { attemptAll, reading } from './system.ts';

/** A lock on a file, as long as this process lives or until it is released. */
export type Lock = {
  /** False where the system has no lock to give; then the commit alone keeps two runs from each other. */
  readonly held: boolean;
  release(): void;
};

/**
 * Locks a file for this process, as long as it lives or until it is released. The lock belongs to the open
 * descriptor, which flock(1) inherits, so a process that is killed leaves none behind.
 * @throws PkiError BUSY where another process has it
 */
export function lock(path: string): Lock {
  // A pipe that somebody put there is not waited for.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const descriptor = reading(path, () => openSync(path, flags));
  if (!fstatSync(descriptor).isFile()) {
    closeSync(descriptor);
    throw new PkiError('LOCK_FAILED', `cannot lock ${path}: it is not a plain file`);
  }
  const { status, error } = spawnSync('flock', ['-n', '-x', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  const moved = look(path)?.ino !== fstatSync(descriptor).ino;
  const failed = status === null && (error as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT';
  if (status === 1 || moved || failed) {
    closeSync(descriptor);
    if (failed) throw new PkiError('LOCK_FAILED', `cannot lock ${path}: flock could not run`, { fault: 'system' });
    throw busy('another run is at work in it');
  }
  let open = true;
  return {
    held: status === 0,
    release() {
      if (open) attemptAll([() => closeSync(descriptor)]);
      open = false;
    },
  };
}

export function busy(what: string): PkiError {
  return new PkiError('BUSY', `the output folder is in use: ${what}`, {
    fault: 'busy',
    hint: 'run it again in a moment',
  });
}
