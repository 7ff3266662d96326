import { lookAt } from '@kubepki/core';
import { kubeletRules, openPlace, type Put } from '@kubepki/install';
import { exitCodes } from '../exit.ts';
import { AppError, usage } from '../failure.ts';
import { keptFiles } from '../history/kept-files.ts';
import { type Restart, restarted, restartsOf } from '../install/restart.ts';
import { type Source, sourceOf } from '../install/source.ts';
import { sourceKeys } from '../install/source-keys.ts';
import { wantedOf } from '../install/wanted.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';

/** What was installed on a node, and what follows from it. */
export type Installed = Put & {
  readonly node: string;
  readonly root: string;
  readonly dryRun: boolean;
  /** Authorities' keys that are kept apart. */
  readonly leftOut: readonly string[];
  /** Until when the client certificate is good that the kubelet renewed itself, and that was left alone. */
  readonly renewedUntil?: Date;
  /** The processes that read what was written; missing where no plan says which they are. */
  readonly processes?: readonly Restart[];
};

/** The folder of what is remembered on a node. */
const state = 'var/lib/kubepki';

/** Puts a node's files where they belong on that node. @throws PkiError; then nothing was changed */
export async function install(args: Args, session: Session): Promise<Installed> {
  const { node, root = '/', exec, dryRun } = args;
  if (node === undefined) throw usage('NO_NODE', 'which node is this?', 'name it: --node NAME');
  if (exec && root !== '/') {
    throw usage(
      'BAD_OPTION',
      '--exec restarts what runs on this machine, and --root names a folder',
      'leave one of them out',
    );
  }
  const { contents, output } = await sourceOf(args, node);
  if (lookAt(root) === undefined) {
    throw new AppError('ROOT_MISSING', `there is no folder ${root}`, {
      fault: 'input',
      hint: '--root names one that stands for /, such as an image that is mounted there',
    });
  }
  const wanted = wantedOf(contents, { root, asRoot: process.getuid?.() === 0 });
  const { renewedUntil, leaves, discards } = kubeletRules(wanted, { root, now: session.now() });
  const sources = sourceKeys(wanted);
  const away = new Set(contents.leftOut); // what the tree does not have may be on the node
  const kept = output === undefined ? undefined : keptFiles(output.folder);
  const place = openPlace({
    folder: root,
    state,
    dryRun,
    leaves: (path) => leaves(path) || away.has(path),
    known: (path, sha256) => kept?.().hashes.has(`${sha256} nodes/${node}/${path}`) ?? false,
    discards: (path) => discards(path) || (args.discardEdits && !sources.has(path)),
  });
  try {
    const put = place.put(wanted);
    const processes = await followUp(put.fresh, { args, session, source: { contents, output } });
    // Where a restart failed, the next run says so again.
    if (processes.every(({ ended = 0 }) => ended === 0)) place.settle();
    return {
      ...put,
      node,
      root,
      dryRun,
      leftOut: contents.leftOut,
      ...(renewedUntil === undefined ? {} : { renewedUntil }),
      ...(output === undefined ? {} : { processes }),
    };
  } finally {
    place.close();
  }
}

/** What reads files that are new, restarted where that is asked for. */
async function followUp(
  fresh: readonly string[],
  { args, session, source }: { readonly args: Args; readonly session: Session; readonly source: Source },
): Promise<readonly Restart[]> {
  const { contents, output } = source;
  const { root = '/', exec, dryRun } = args;
  if (output === undefined) return [];
  const processes = await restartsOf(fresh, { args, output, node: contents.node, root });
  return exec && !dryRun ? processes.map((one) => restarted(one, session)) : processes;
}

/** The exit code of a run: that of the system where a restart failed. */
export function installExit({ processes }: Installed): number {
  return processes?.some(({ ended = 0 }) => ended !== 0) ? exitCodes.system : exitCodes.fine;
}
