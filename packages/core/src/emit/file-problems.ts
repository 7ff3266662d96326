import type { PkiError, Problem } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { File } from './file.ts';
import { parts } from './parts.ts';
import { type FilesContext, type PlannedFile, partFiles } from './plan-files.ts';
import { checkLink, checkPath, foldersOf } from './tree/path.ts';

/** Everything that is wrong with the paths of a plan's files, with all who want them. */
export function problemsOfFiles(context: FilesContext): readonly Problem[] {
  const { plan } = context;
  const files: Wanted = new Map();
  const folders: Wanted = new Map();
  const problems: Problem[] = [];
  for (const part of parts(plan)) {
    for (const planned of partFiles(part, context)) {
      const where = planned.file.path;
      const wrong = wrongPlace(planned.file);
      if (wrong !== undefined)
        problems.push({ where, message: `${makers(planned, plan)}: ${wrong.message}`, hint: wrong.hint });
      const folded = fold(where);
      const both = (other: PlannedFile) => `${described(other, plan)}, and ${described(planned, plan)}`;
      const other = files.get(folded);
      files.set(folded, planned);
      if (other !== undefined && (other.file.path !== where || other.fields !== planned.fields))
        problems.push({ where, message: `two artifacts want this file: ${both(other)}`, hint: apart });
      for (const over of [folders.get(folded), ...underFiles(folded, { planned, files, folders })]) {
        const message = "what is a file of one artifact is a folder of another's";
        if (over !== undefined) problems.push({ where, message: `${message}: ${both(over)}`, hint: apart });
      }
    }
  }
  return problems;
}

const apart = 'another layout, or another name for one of them, keeps them apart';

/** What is wanted, by its path in one case. */
type Wanted = Map<string, PlannedFile>;

/** Notes the folders of a file that are not known yet, and gives the files that stand where they would be. */
function underFiles(
  path: string,
  { planned, files, folders }: { readonly planned: PlannedFile; readonly files: Wanted; readonly folders: Wanted },
): readonly PlannedFile[] {
  const found: PlannedFile[] = [];
  for (const folder of [...foldersOf(path)].reverse()) {
    if (folders.has(folder)) break;
    folders.set(folder, planned);
    const file = files.get(folder);
    if (file !== undefined) found.push(file);
  }
  return found;
}

function described(planned: PlannedFile, plan: Plan): string {
  const { file, link } = planned;
  const what = link
    ? `a link to ${file.link}`
    : file.holds.map(({ id, part }) => `the ${part} of ${id}`).join(' and ') || 'a manifest';
  return `${what} (${makers(planned, plan)})`;
}

/** Who made that there is such a file: its emitter, and the components of what it holds. */
function makers({ emitter, file, link }: PlannedFile, { specs }: Plan): string {
  const ids = link ? [] : file.holds.map(({ id }) => id);
  const components = new Set(ids.flatMap((id) => specs.find((spec) => spec.id === id)?.component ?? []));
  return [`emitter ${emitter.name}`, ...[...components].map((name) => `component ${name}`)].join(', ');
}

/** A path as a file system has it that folds case. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** What is wrong with where a file is, if anything is. */
export function wrongPlace(file: File): { readonly message: string; readonly hint: string } | undefined {
  try {
    if ('link' in file) checkLink(file.path, file.link);
    else checkPath(file.path);
  } catch (error) {
    const { message, hint = '' } = error as PkiError;
    return { message, hint };
  }
  if (!/[:*?"<>|]/.test(file.path)) return undefined;
  return {
    message: 'its path holds a character that other file systems refuse',
    hint: 'use letters, digits and . _ - in its names',
  };
}
