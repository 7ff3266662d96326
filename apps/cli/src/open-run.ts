import {
  type Entry,
  type Existing,
  editsIn,
  existingTree,
  type Output,
  openOutput,
  type Renewal,
  refuseEdits,
  type Survey,
  survey,
  withoutEdits,
} from '@kubepki/core';
import { type LoadedCluster, readGiven } from './cluster.ts';
import { signedElsewhere } from './config/absent-keys.ts';
import type { Args } from './options.ts';

/** An output folder that is open, and what is in it. */
export type OpenRun = {
  readonly output: Output;
  readonly existing: Existing;
  /** The files that somebody changed; what follows sees the folder without them. */
  readonly edits: readonly Entry[];
  survey(cluster: LoadedCluster, renewal?: Renewal): Promise<Survey>;
  close(): void;
};

/**
 * Opens the output folder of a run. Files that somebody changed are as good as gone where edits are to be seen or
 * discarded; otherwise a survey refuses them.
 */
export function openRun(
  cluster: LoadedCluster,
  {
    args,
    write,
    edited,
    now,
  }: { readonly args: Args; readonly write: boolean; readonly edited: 'refuse' | 'leave out'; readonly now: Date },
): OpenRun {
  const given = readGiven(cluster);
  const opened = openOutput({ folder: args.output, write, plan: cluster.plan });
  try {
    const paths = editsIn(opened);
    if (edited === 'refuse') refuseEdits(opened, paths);
    const edits = paths.flatMap((path) => opened.entries.get(path) ?? []);
    const output = withoutEdits(opened, paths);
    const apart = args.authorityKeys === undefined ? {} : { apart: args.authorityKeys };
    const there = existingTree({ output, emitters: cluster.emitters, given, edits: paths, ...apart });
    const existing = cluster.issuers === undefined ? there : signedElsewhere(there);
    return {
      output,
      existing,
      edits,
      async survey(planned, renewal) {
        const apart = args.authorityKeys !== undefined;
        return naming(edits, await survey({ ...planned, existing, output, now, renewal, apart, edits: [] }));
      },
      close: opened.close,
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** Why something is made whose file somebody edited: without it, it would be missing for no reason. */
export const byEdit = 'its file was edited';

function naming(edits: readonly Entry[], found: Survey): Survey {
  const lost = new Set(edits.flatMap(({ holds }) => holds.map(({ id }) => id)));
  const makes = found.makes.map(({ id, reasons }) =>
    lost.has(id) && reasons.every((reason) => reason.endsWith(' is missing'))
      ? { id, reasons: [byEdit] }
      : { id, reasons },
  );
  return { ...found, makes };
}
