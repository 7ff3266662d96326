import { readdirSync } from 'node:fs';

/** The paths below a folder. A link is a path, and is not followed. */
export function* walk(folder: string, below = ''): Generator<{ readonly path: string; readonly isFolder: boolean }> {
  for (const entry of readdirSync(`${folder}/${below}`, { withFileTypes: true })) {
    const path = `${below}${entry.name}`;
    yield { path, isFolder: entry.isDirectory() };
    if (entry.isDirectory()) yield* walk(folder, `${path}/`);
  }
}

/** Every file and link below a folder. */
export function filesIn(folder: string): readonly string[] {
  return [...walk(folder)].flatMap(({ path, isFolder }) => (isFolder ? [] : [path])).sort();
}
