import { randomBytes } from 'node:crypto';
import { closeSync, constants, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PkiError } from '@kubepki/core';

/**
 * Writes a file that the textfile collector of node_exporter reads, so that it sees the old one or the new one and
 * nothing between: under another name in the same folder, which is none of the collector's, and then renamed. Its mode
 * is 0644 whatever the umask. A link of the name is replaced, not followed.
 * @throws PkiError METRICS_NAME for a name that the collector would not read, METRICS_UNWRITTEN
 */
export function writeMetrics(path: string, text: string): void {
  if (!path.endsWith('.prom') || basename(path) === '.prom') {
    throw new PkiError('METRICS_NAME', `${path} does not end in .prom`, {
      fault: 'usage',
      hint: 'the textfile collector of node_exporter reads no other files',
    });
  }
  const staged = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    writeNew(staged, text);
    renameSync(staged, path);
  } catch (error) {
    rmSync(staged, { force: true });
    throw unwritten(path, error);
  }
}

function writeNew(path: string, text: string): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const descriptor = openSync(path, flags, 0o600);
  try {
    writeFileSync(descriptor, text);
    fchmodSync(descriptor, 0o644);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const hints: Readonly<Record<string, string>> = {
  ENOENT: 'make its folder first',
  ENOTDIR: 'give a file in a folder',
  EISDIR: 'give a name that is not that of a folder',
  EACCES: 'look at the owner and the mode of its folder',
  EPERM: 'look at the owner and the mode of its folder',
  EROFS: 'the file system is mounted read-only',
  ENOSPC: 'free some space',
};

function unwritten(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const code = String(error.code);
  return new PkiError('METRICS_UNWRITTEN', `cannot write ${path} (${code})`, {
    fault: 'system',
    hint: hints[code],
    cause: error,
  });
}
