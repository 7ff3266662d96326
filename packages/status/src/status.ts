import { realpathSync } from 'node:fs';
import { type Problem, refuse } from '@kubepki/core';
import { readFiles } from './foreign/read-files.ts';
import { outputFolder } from './tree/output-folder.ts';
import { readTree, type StatusTree } from './tree/read-tree.ts';
import { byEnd, type Watched } from './watched.ts';

/** Every certificate that was found, and what could not be read. */
export type Status = {
  readonly now: Date;
  /** The output folders of kubepki among what was named. */
  readonly trees: readonly StatusTree[];
  /** The one that ends first comes first. */
  readonly certificates: readonly Watched[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
  /** What is odd, and perhaps as it should be. */
  readonly notes: readonly Problem[];
};

/**
 * Finds every certificate in output folders of kubepki (by plan and manifest, of the current generation; nothing else
 * of them is read), and in files and folders of others. It writes nothing.
 * @throws PkiError where an output folder is missing, empty or broken, or nothing at all can be read
 */
export async function readStatus({
  paths,
  now,
  signal,
}: {
  readonly paths: readonly string[];
  readonly now: Date;
  readonly signal?: AbortSignal;
}): Promise<Status> {
  const named = paths.flatMap((path) => outputFolder(path) ?? []);
  const files = await readFiles(
    paths.filter((path) => outputFolder(path) === undefined),
    signal,
  );
  // Several ways may lead to one.
  const folders = new Map([...named, ...files.outputs].map((folder) => [realpathSync(folder), folder]));
  const trees = [...folders.values()].map(readTree);
  signal?.throwIfAborted();
  const own = trees.flatMap(({ tree, watched }) => (trees.length > 1 ? watched.map(within(tree)) : watched));
  const certificates = [...own, ...files.watched].sort(byEnd);
  if (certificates.length === 0) {
    const where = paths.join(', ');
    const hint = 'a folder is searched for PEM, DER and kubeconfigs by the names of files; name others one by one';
    const nothing = { where, message: 'there is no certificate in it', hint };
    refuse('STATUS_NOTHING', files.problems.length > 0 ? files.problems : [nothing]);
  }
  const { problems, notes } = files;
  return { now, trees: trees.map(({ tree }) => tree), certificates, problems, notes };
}

/** Of several trees each has the same ids. */
function within({ folder }: StatusTree): (watched: Watched) => Watched {
  const named = (id: string) => `${folder}:${id}`;
  return (watched) => ({
    ...watched,
    id: named(watched.id),
    endsWith: watched.endsWith === undefined ? undefined : named(watched.endsWith),
  });
}

/** When the youngest certificate began, where that is after now: this machine's clock or that which made it is wrong. */
export function latestBegin({ certificates, now }: Pick<Status, 'certificates' | 'now'>): Date | undefined {
  return certificates.reduce<Date | undefined>(
    (latest, { begins }) => (begins !== undefined && begins > (latest ?? now) ? begins : latest),
    undefined,
  );
}
