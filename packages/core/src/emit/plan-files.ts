import { type PkiError, type Problem, refuse } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { ContentFile, Emitter, File, Layout, LinkFile, Part } from './file.ts';
import { fieldsHash, parts } from './parts.ts';
import { checkLink, checkPath } from './tree/path.ts';

/** A file that is to be, with its emitter and the hash of its own fields. */
export type PlannedFile = { readonly emitter: Emitter; readonly fields: string } & (
  | { readonly file: ContentFile; readonly link?: never }
  | { readonly file: LinkFile; readonly link: true }
);

export type FilesContext = { readonly plan: Plan; readonly emitters: readonly Emitter[]; readonly layout: Layout };

/** What each emitter writes for a part. */
export function* partFiles(part: Part, { plan, emitters, layout }: FilesContext): Generator<PlannedFile> {
  for (const emitter of emitters) {
    for (const file of emitter.files(part, { plan, layout })) {
      const fields = fieldsHash(emitter.name, file);
      yield 'link' in file ? { emitter, fields, file, link: true } : { emitter, fields, file };
    }
  }
}

/** Every file of a plan, each path once, in the order of writing. */
export function* planFiles(context: FilesContext): Generator<PlannedFile & { readonly part: Part }> {
  const seen = new Set<string>();
  for (const part of parts(context.plan)) {
    for (const planned of partFiles(part, context)) {
      if (seen.has(planned.file.path)) continue;
      seen.add(planned.file.path);
      yield { ...planned, part };
    }
  }
}

/**
 * Checks the paths of all files before any key is made: inside the tree, and no two artifacts for one
 * file, also where the file system folds case.
 * @throws PkiError FILES_INVALID with every problem
 */
export function checkFiles(context: FilesContext): void {
  const owners = new Map<string, { path: string; fields: string; what: string }>();
  const problems: Problem[] = [];
  for (const part of parts(context.plan)) {
    for (const { emitter, file, fields } of partFiles(part, context)) {
      const what = describe(file);
      const wrong = wrongPlace(file);
      if (wrong !== undefined) problems.push({ where: file.path, message: `emitter ${emitter.name}: ${wrong}` });
      const folded = file.path.normalize('NFC').toLowerCase();
      const other = owners.get(folded);
      owners.set(folded, { path: file.path, fields, what });
      if (other === undefined || (other.path === file.path && other.fields === fields)) continue;
      problems.push({
        where: file.path,
        message: `two artifacts want this file: ${other.what}, and ${what} of emitter ${emitter.name}`,
        hint: 'another layout, or another name for one of them, keeps them apart',
      });
    }
  }
  refuse('FILES_INVALID', problems);
}

function describe(file: File): string {
  if ('link' in file) return `a link to ${file.link}`;
  return file.holds.map(({ id, part }) => `the ${part} of ${id}`).join(' and ') || 'a manifest';
}

/** What is wrong with where a file is, if anything is. */
function wrongPlace(file: File): string | undefined {
  try {
    if ('link' in file) checkLink(file.path, file.link);
    else checkPath(file.path);
  } catch (error) {
    return (error as PkiError).message;
  }
  return /[:*?"<>|]/.test(file.path) ? 'its path holds a character that other file systems refuse' : undefined;
}
