import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The name of what kubepki leaves in each of its output folders. */
export const outputMarker = '.kubepki';

/** The output folder that a path means: itself, or that of its `current`; undefined: it is none of kubepki's. */
export function outputFolder(path: string): string | undefined {
  if (isMarked(path)) return path;
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const parent = dirname(trimmed);
  return basename(trimmed) === 'current' && isMarked(parent) ? parent : undefined;
}

/** What cannot be looked at is told where it is read. */
function isMarked(folder: string): boolean {
  try {
    return lstatSync(join(folder, outputMarker)).isFile();
  } catch {
    return false;
  }
}
