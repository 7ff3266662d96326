import { writeFileSync } from 'node:fs';
import type { Problem } from '@kubepki/core';
import { starterFile } from '@kubepki/presets';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';

/** What `init` wrote, and where; without a path it is for stdout. */
export type Initialised = {
  readonly text: string;
  readonly path?: string;
  /** What the file is made of, where that is a PKI or kubeadm's configuration, and what of it was not understood. */
  readonly from?: readonly string[];
  readonly warnings: readonly Problem[];
};

/** Writes a cluster file to start from. It never overwrites. */
export async function init(args: Args, session: Session): Promise<Initialised> {
  const { path, ...made } = await textOf(args, session);
  if (path === '-') return made;
  try {
    writeFileSync(path, made.text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new AppError('FILE_EXISTS', `${path} is there already`, {
        fault: 'input',
        hint: `give another name: kubepki init ${made.from === undefined ? 'FILE' : '-f FILE'}`,
      });
    }
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError('FOLDER_MISSING', `${path} cannot be made: its folder is not there`, { fault: 'input' });
    }
    throw error;
  }
  return { ...made, path };
}

/** The text, and the path that it is for. With --from all words are folders, and -f names the file. */
async function textOf(
  { words, file, from, fromKubeadm }: Args,
  session: Session,
): Promise<Omit<Initialised, 'path'> & { readonly path: string }> {
  const [word, ...more] = words;
  if (from !== undefined && fromKubeadm !== undefined)
    throw usage('BAD_OPTION', '--from and --from-kubeadm cannot be together');
  if (from !== undefined) {
    const { fromFolders } = await import('../adopt/init.ts');
    return { ...(await fromFolders([...from, ...words], session)), path: file ?? 'cluster.yaml' };
  }
  if (more.length > 0)
    throw usage('STRAY_ARGUMENT', `init takes no argument ${JSON.stringify(more[0])}`, 'kubepki init --help');
  const path = word ?? file ?? 'cluster.yaml';
  if (fromKubeadm === undefined) return { text: starterFile, warnings: [], path };
  const { fromConfiguration } = await import('../adopt/init.ts');
  return { ...fromConfiguration(fromKubeadm), path };
}
