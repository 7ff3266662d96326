import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PkiError } from '../../error.ts';
import { createFile, createFolder, syncFolder, syncParent } from './disk.ts';
import { checkPlace } from './folder.ts';
import { look } from './read.ts';
import { attemptAll, succeeds, writing } from './system.ts';

/** A file of a new folder: its name there, and its text or bytes. */
type NamedFile = readonly [name: string, content: string | Uint8Array];

/** A folder that is not there yet. */
export type NewFolder = {
  /** Makes it with these files, which nobody but their owner can read. It is there as a whole or not at all. */
  write(files: Iterable<NamedFile>): void;
};

/**
 * A place for what a tree of one's own ends as, such as archives. Nothing is made before it is written.
 * @throws PkiError OUTPUT_TAKEN where something is there already, and where others could replace it
 */
export function newFolder(path: string): NewFolder {
  const folder = resolve(path);
  checkPlace(folder);
  if (look(folder) !== undefined) throw taken(path);
  return {
    write(files) {
      const staging = `${folder}.${randomBytes(4).toString('hex')}.tmp`;
      createFolder(staging, 0o700);
      try {
        for (const file of files) writeFile(staging, file);
        syncFolder(staging);
        const free = writing(folder, () => succeeds(['EEXIST', 'ENOTEMPTY'], () => renameSync(staging, folder)));
        if (!free) throw taken(path);
      } catch (error) {
        attemptAll([() => rmSync(staging, { recursive: true, force: true })]);
        throw error;
      }
      syncParent(folder);
    },
  };
}

function writeFile(folder: string, [name, content]: NamedFile): void {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name))
    throw new PkiError('PATH_UNSAFE', `${JSON.stringify(name)} cannot be the name of a file`);
  if (createFile({ path: join(folder, name), mode: 0o600 }, [content]) === undefined)
    throw new PkiError('PATH_TAKEN', `two files have the name ${name}, or are told apart by upper and lower case only`);
}

function taken(folder: string): PkiError {
  return new PkiError('OUTPUT_TAKEN', `${folder} is there already`, { hint: 'give a folder that does not exist yet' });
}
