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
import { type LoadedCluster, loadCluster, readGiven } from './cluster.ts';
import { signedElsewhere } from './config/absent-keys.ts';
import type { Args } from './options.ts';
import type { Session } from './session.ts';

/** A cluster, and its output folder while that is open. */
export type OpenRun = {
  readonly args: Args;
  readonly session: Session;
  readonly cluster: LoadedCluster;
  readonly now: Date;
  readonly output: Output;
  readonly existing: Existing;
  /** The files that somebody changed; what follows sees the folder without them. */
  readonly edits: readonly Entry[];
  survey(cluster: LoadedCluster, renewal?: Renewal): Promise<Survey>;
};

/**
 * Reads the cluster of a run and opens its output folder while `work` is done. Files that somebody changed are as good
 * as gone where the run only `looks`, or discards edits; otherwise they are refused.
 */
export async function withRun<T>(
  { args, session, looks = false }: { readonly args: Args; readonly session: Session; readonly looks?: boolean },
  work: (run: OpenRun) => Promise<T>,
): Promise<T> {
  const cluster = await loadCluster(args);
  const now = session.now();
  const given = readGiven(cluster);
  const opened = openOutput({ folder: args.output, write: !looks && !args.dryRun, plan: cluster.plan });
  try {
    const paths = editsIn(opened);
    if (!looks && !args.discardEdits) refuseEdits(opened, paths);
    const edits = paths.flatMap((path) => opened.entries.get(path) ?? []);
    const output = withoutEdits(opened, paths);
    const apart = args.authorityKeys === undefined ? {} : { apart: args.authorityKeys };
    const there = existingTree({ output, emitters: cluster.emitters, given, edits: paths, ...apart });
    const existing = cluster.issuers === undefined ? there : signedElsewhere(there);
    const surveyed: OpenRun['survey'] = async (planned, renewal) => {
      const input = { ...planned, existing, output, now, renewal, apart: args.authorityKeys !== undefined, edits: [] };
      return naming(edits, await survey(input));
    };
    return await work({ args, session, cluster, now, output, existing, edits, survey: surveyed });
  } finally {
    opened.close();
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
