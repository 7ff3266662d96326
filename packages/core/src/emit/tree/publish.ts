import { randomBytes } from 'node:crypto';
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '../../error.ts';
import { syncFolder } from './disk.ts';
import { currentLink } from './folder.ts';
import { attemptAll, writing } from './system.ts';

/** Lets `current` lead to a generation: the one step by which all becomes visible. `committed` is called right behind it. */
export function pointCurrent({
  folder,
  target,
  committed,
}: {
  readonly folder: string;
  readonly target: string;
  committed?(): void;
}): void {
  const link = join(folder, `.current-${randomBytes(4).toString('hex')}.tmp`);
  const current = join(folder, currentLink);
  writing(current, () => {
    try {
      symlinkSync(target, link);
      renameSync(link, current);
    } catch (error) {
      attemptAll([() => unlinkSync(link)]);
      throw error;
    }
  });
  committed?.();
  try {
    syncFolder(folder);
  } catch (cause) {
    throw new PkiError(
      'COMMIT_UNSURE',
      `${join(folder, target)} is current, but the disk did not confirm that it is stored`,
      {
        fault: 'system',
        hint: 'check the disk, then run it again',
        cause,
      },
    );
  }
}
