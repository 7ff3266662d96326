import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createFile, PkiError } from '@kubepki/core';

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
    if (createFile({ path: staged, mode: 0o644 }, [text]) === undefined) throw new Error(`${staged} is there already`);
    renameSync(staged, path);
  } catch (error) {
    rmSync(staged, { force: true });
    throw unwritten(path, error instanceof PkiError ? error.cause : error);
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
