import { statfsSync } from 'node:fs';
import { PkiError } from '../../error.ts';
import { unless } from './system.ts';

/**
 * File systems that keep neither the modes of files nor symbolic links, by their magic numbers in statfs(2)
 * (linux/magic.h; for exFAT fs/exfat/exfat_fs.h, for NTFS fs/ntfs3/super.c).
 */
const without: Readonly<Record<number, string>> = {
  19780: 'FAT',
  538032816: 'exFAT',
  1397118030: 'NTFS',
  1936094318: 'NTFS',
};

/** The type of the file system that a folder lies on; undefined where that cannot be asked. */
function typeOf(folder: string): number | undefined {
  return process.platform === 'linux'
    ? unless(['ENOSYS', 'ENOENT', 'EACCES', 'EPERM'], () => statfsSync(folder).type)
    : undefined;
}

/** Throws where a folder lies on a file system that is known to keep no modes. Others are found out by trying. */
export function checkFileSystem(folder: string, type: number | undefined = typeOf(folder)): void {
  const name = without[type ?? 0];
  if (name !== undefined) throw noModes(folder, `lies on ${name}, which keeps no owners and modes of files`);
}

export function noModes(path: string, what: string): PkiError {
  return new PkiError('OUTPUT_NO_MODES', `${path} ${what}`, {
    hint: 'private keys need a file system with owners and modes, such as ext4 or XFS',
  });
}
