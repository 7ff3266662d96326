import { writeFileSync } from 'node:fs';
import { starterFile } from '@kubepki/presets';
import { AppError } from '../failure.ts';
import type { Args } from '../options.ts';

/** What `init` wrote, and where; without a path it is for stdout. */
export type Initialised = { readonly text: string; readonly path?: string };

/** Writes a cluster file to start from. It never overwrites. */
export function init({ words: [word], file = 'cluster.yaml' }: Args): Initialised {
  const path = word ?? file;
  if (path === '-') return { text: starterFile };
  try {
    writeFileSync(path, starterFile, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new AppError('FILE_EXISTS', `${path} is there already`, {
        fault: 'input',
        hint: 'give another name: kubepki init FILE',
      });
    }
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError('FOLDER_MISSING', `${path} cannot be made: its folder is not there`, { fault: 'input' });
    }
    throw error;
  }
  return { text: starterFile, path };
}
