import type { Change } from '../changes/changes.ts';
import type { Credential } from '../credential.ts';
import { entryOf, isAtHand, sameEntry } from './entry.ts';
import type { PlannedFile } from './plan-files.ts';
import type { TreeView } from './tree/tree.ts';

/** Whether a planned file is in the current generation just as it would be written. */
export function fileStays(
  planned: PlannedFile,
  { find, apart, output }: { find(id: string): Change; readonly apart: boolean; readonly output: TreeView },
): boolean {
  const { path } = planned.file;
  if (planned.link) return output.links.get(path) === planned.file.link;
  const { file, emitter, fields } = planned;
  if (file.holds.some(({ id }) => find(id).kept === undefined)) return false;
  const kept = (id: string): Credential => {
    const credential = find(id).kept;
    if (credential === undefined) throw new Error(`${id} is not kept`);
    return credential;
  };
  // A key that is not at hand cannot be written; what there is of it stays.
  if (!isAtHand(file, kept)) return true;
  const entry = entryOf(file, { emitter: emitter.name, fields, find: kept, apart });
  const current = output.entries.get(path);
  return current !== undefined && sameEntry(entry, current) && (entry.apart === true || output.has(path));
}
