import { readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { generationsFolder, linkName, stagingName } from './folder.ts';
import { unless, writing } from './system.ts';

/** Removes what killed runs left in an output folder: generations that were not finished, links that are not current. Call it with the lock held. */
export function removeLeftovers(folder: string): void {
  const generations = join(folder, generationsFolder);
  for (const path of matching(generations, stagingName)) writing(path, () => rmSync(path, { recursive: true }));
  for (const path of matching(folder, linkName)) writing(path, () => unlinkSync(path));
}

function matching(folder: string, pattern: RegExp): readonly string[] {
  const names = unless(['ENOENT'], () => readdirSync(folder)) ?? [];
  return names.filter((name) => pattern.test(name)).map((name) => join(folder, name));
}
