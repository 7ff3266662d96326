import type { Plan } from '../plan/plan.ts';
import type { ContentFile, Emitter, Layout, LinkFile, Part } from './file.ts';
import { fieldsHash, parts } from './parts.ts';

/** A file that is to be, with its emitter and the hash of its own fields. */
export type PlannedFile = { readonly emitter: Emitter; readonly fields: string } & (
  | { readonly file: ContentFile; readonly link?: never }
  | { readonly file: LinkFile; readonly link: true }
);

/** What decides which files there are. */
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
