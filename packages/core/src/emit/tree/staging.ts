import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '../../error.ts';
import { createFile, createFolder, syncFolder } from './disk.ts';
import { flush } from './flush.ts';
import { generationsFolder } from './folder.ts';
import { generationPath } from './generation.ts';
import { busy } from './lock.ts';
import type { Output } from './output.ts';
import { foldersOf } from './path.ts';
import { pointCurrent } from './publish.ts';
import { settleFile } from './read.ts';
import { succeeds, writing } from './system.ts';

/** A generation that is being written. Nothing leads to it before `publish`. */
export type Staging = {
  /** Its folder. */
  readonly root: string;
  write(file: { readonly path: string; readonly mode: number }, pieces: Iterable<string>): string;
  link(path: string, target: string): void;
  /** Stores all that was written so far at once; false: the system cannot, and each file and folder is to be stored. */
  flush(): Promise<boolean>;
  /** Throws unless a file is as it was written, and stores it unless it is stored. */
  settle(file: { readonly path: string; readonly mode: number; readonly sha256?: string }, stored: boolean): void;
  /** Stores the folders one by one, the innermost first. */
  settleFolders(): Iterable<void>;
  /** Lets the generation take its number and become current. */
  publish(committed: () => void): void;
};

/** Claims the output folder and begins its next generation. The way back from each step is added to `undo`. */
export function beginStaging(
  {
    output,
    cluster,
    folderMode,
  }: { readonly output: Output; readonly cluster: string; folderMode(path: string): number },
  undo: (() => void)[],
): Staging {
  output.claim(cluster, undo);
  const generations = join(output.folder, generationsFolder);
  const number = String(output.next).padStart(4, '0');
  const root = join(generations, `.${number}-${randomBytes(4).toString('hex')}.tmp`);
  let place = root;
  undo.push(() => rmSync(place, { recursive: true, force: true }));
  createFolder(root, 0o700);
  probeLinks(root);
  const folders = new Set(['']);

  const makeParents = (path: string) => {
    for (const folder of foldersOf(path)) {
      if (folders.has(folder)) continue;
      if (!createFolder(join(root, folder), folderMode(folder) | 0o700)) throw taken(folder);
      folders.add(folder);
    }
  };

  return {
    root,
    write(file, pieces) {
      makeParents(file.path);
      const hash = createFile({ path: join(root, file.path), mode: file.mode, settled: 'later' }, pieces);
      if (hash === undefined) throw taken(file.path);
      return hash;
    },
    link(path, target) {
      makeParents(path);
      const full = join(root, path);
      if (!writing(full, () => succeeds(['EEXIST'], () => symlinkSync(target, full)))) throw taken(path);
    },
    flush: () => flush(root),
    settle: (file, stored) => settleFile(join(root, file.path), { ...file, stored }),
    *settleFolders() {
      for (const folder of [...folders].reverse()) yield syncFolder(join(root, folder));
    },
    publish(committed) {
      const target = generationPath(output.next);
      const final = join(output.folder, target);
      const free = writing(final, () => succeeds(['EEXIST', 'ENOTEMPTY'], () => renameSync(root, final)));
      if (!free) throw busy('another run committed meanwhile');
      place = final;
      syncFolder(generations);
      pointCurrent({ folder: output.folder, target, committed });
    },
  };
}

function taken(path: string): PkiError {
  return new PkiError('PATH_TAKEN', `two files have the path ${path}, or are told apart by upper and lower case only`);
}

/** Throws where the file system has no symbolic links, before any key is written. */
function probeLinks(root: string): void {
  const probe = join(root, '.probe');
  const made = writing(probe, () => succeeds(['EPERM', 'ENOTSUP', 'ENOSYS'], () => symlinkSync('.', probe)));
  if (!made) {
    throw new PkiError('OUTPUT_NO_LINKS', `${root}: the file system has no symbolic links`, {
      hint: 'give a folder on a file system for Linux or macOS',
    });
  }
  writing(probe, () => unlinkSync(probe));
}
