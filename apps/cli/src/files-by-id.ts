import type { PlannedFile } from '@kubepki/core';

/** The files of each credential: what holds its own certificate or key. */
export function filesById(files: readonly PlannedFile[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { file } of files) {
    if ('link' in file) continue;
    for (const id of new Set(file.holds.map((holding) => holding.id))) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [file.path]);
      else known.push(file.path);
    }
  }
  return found;
}
