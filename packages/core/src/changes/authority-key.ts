import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '../error.ts';

/** The key of an authority in the folder where such keys are kept apart, as PEM; undefined: it is not there. */
export function readAuthorityKey(
  folder: string,
  id: string,
): { readonly text: string; readonly where: string } | undefined {
  const where = join(folder, `${id}.key`);
  try {
    if (statSync(where).isFile()) return { text: readFileSync(where, 'utf8'), where };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new PkiError(
      'AUTHORITY_KEYS_UNREADABLE',
      `${where} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      { fault: 'system' },
    );
  }
  throw new PkiError('AUTHORITY_KEYS_UNREADABLE', `${where} is not a plain file`);
}
