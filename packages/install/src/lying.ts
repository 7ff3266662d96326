import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lookAt, type Owner, readBytes, reading } from '@kubepki/core';

/** What lies at a path, in one word: `file:SHA-256`, `link:TARGET`, or `other`. */
export type Lying = string;

/** No file that is compared is larger. */
const largest = 16 * 2 ** 20;

/** What lies at a path, a link being a link; undefined: nothing. */
export function lyingAt(path: string): Lying | undefined {
  const stats = lookAt(path);
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return linkTo(reading(path, () => readlinkSync(path)));
  if (!stats.isFile() || stats.size > largest) return 'other';
  return fileWith(createHash('sha256').update(readBytes(path, largest)).digest('hex'));
}

/** Whether a file has that mode, and that owner where one is wanted. */
export function hasModes(path: string, { mode, owner }: { readonly mode: number; readonly owner?: Owner }): boolean {
  const stats = lookAt(path);
  if (stats === undefined || (stats.mode & 0o7777) !== mode) return false;
  return owner === undefined || (stats.uid === owner.uid && stats.gid === owner.gid);
}

export function fileWith(sha256: string): Lying {
  return `file:${sha256}`;
}

export function linkTo(target: string): Lying {
  return `link:${target}`;
}
