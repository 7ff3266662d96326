import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Removes from a package's `dist` what was built from sources that are gone: the compiler leaves it there. */
export function sweep(folder: string): void {
  const dist = join(folder, 'dist');
  for (const entry of readdirSync(dist, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const built = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(relative(dist, path))?.[1];
    if (entry.isFile() && built !== undefined && !existsSync(join(folder, 'src', `${built}.ts`))) rmSync(path);
  }
}
