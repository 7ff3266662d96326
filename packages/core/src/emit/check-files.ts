import { refuse } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { fold, problemsOfFiles, wrongPlace } from './file-problems.ts';
import { parts } from './parts.ts';
import { type FilesContext, type PlannedFile, partFiles } from './plan-files.ts';

/**
 * Checks the paths of all files before any key is made: inside the tree, and no two artifacts for one file, nor one
 * for a folder of others, also where the file system folds case.
 * @throws PkiError FILES_INVALID with every problem
 */
export function checkFiles(context: FilesContext): void {
  const watch = fileWatch(context);
  if (watch.done) return;
  for (const part of parts(context.plan)) {
    for (const planned of partFiles(part, context)) watch.see(planned);
  }
  watch.refuse();
}

/** Checks files while somebody else goes through them: all of a plan's, in the order of writing. */
export type FileWatch = {
  /** Whether all of them were looked at before, and nothing was wrong. */
  readonly done: boolean;
  /** Looks at the next one. False: the same file was there already. */
  see(planned: PlannedFile): boolean;
  has(path: string): boolean;
  /** Says that all were seen. @throws PkiError FILES_INVALID with every problem */
  refuse(): void;
};

/** The plans of which all files were looked at, and for what. All of it is plain data and pure functions. */
const checked = new WeakMap<Plan, FilesContext>();

/** Begins to check the files of a plan. It remembers little of each; what is wrong is told by looking at all once more. */
export function fileWatch(context: FilesContext): FileWatch {
  const { plan, emitters, layout } = context;
  const before = checked.get(plan);
  const files = new Map<string, string>();
  const folders = new Set<string>();
  let odd = false;
  return {
    done: before?.emitters === emitters && before.layout === layout,
    see({ file, fields }) {
      const folded = fold(file.path);
      const known = files.get(folded);
      if (known !== undefined) {
        if (known !== fields) odd = true;
        return false;
      }
      files.set(folded, fields);
      odd ||= folders.has(folded) || wrongPlace(file) !== undefined;
      for (let end = folded.lastIndexOf('/'); end > 0; end = folded.lastIndexOf('/', end - 1)) {
        const folder = folded.slice(0, end);
        if (folders.has(folder)) break;
        folders.add(folder);
        odd ||= files.has(folder);
      }
      return true;
    },
    has: (path) => files.has(fold(path)),
    refuse() {
      if (odd) refuse('FILES_INVALID', problemsOfFiles(context));
      checked.set(plan, context);
    },
  };
}
