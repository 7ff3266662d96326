import {
  type Existing,
  generate,
  type KeySource,
  type Output,
  type Survey,
  softwareKeys,
  stagedTree,
  type TreeView,
} from '@kubepki/core';
import { refuseUnplanned, type Verified, verifyTree } from '@kubepki/verify';
import { type Book, openBook } from './book.ts';
import type { LoadedCluster } from './cluster.ts';
import type { Args } from './options.ts';
import { progressBar } from './output/progress.ts';
import type { Session } from './session.ts';
import { connectionSteps } from './verify-steps.ts';

/** A run of `generate` that is about to begin. */
export type Context = {
  readonly cluster: LoadedCluster;
  readonly args: Args;
  readonly output: Output;
  readonly existing: Existing;
  readonly found: Survey;
  readonly now: Date;
  readonly session: Session;
};

/** What is known of each credential now, and what was verified before it became current, unless that was left out. */
export type Made = { readonly book: Book; readonly verified?: Verified };

/** Makes what is missing, and verifies all of it before it becomes current. @throws PkiError; then nothing was changed */
export async function make(context: Context): Promise<Made> {
  const { cluster, args, output, existing, now, session } = context;
  const { plan, layout } = cluster;
  const { authorityKeys } = args;
  const tree = stagedTree(output, {
    cluster: plan.cluster.name,
    folderMode: layout.folderMode,
    ...(authorityKeys === undefined ? {} : { apart: authorityKeys }),
  });
  const book = openBook();
  const progress = progressBar(session.stderr, stepsOf(context));
  const { signal } = session;
  const source = counted(softwareKeys({ signal }), progress.step);
  const apart = authorityKeys !== undefined;
  let verified: Verified | undefined;
  const verify = async (view: TreeView) => {
    verified = await verifyTree({ ...cluster, view, kept: keptIn(context), now, signal, step: progress.step });
    refuseUnplanned(verified, hint);
  };
  const check = args.verify ? { verify } : {};
  try {
    for await (const credential of generate({ ...cluster, ...check, tree, existing, now, apart, source, signal })) {
      book.add(credential);
      progress.step();
    }
  } finally {
    progress.end();
  }
  return { book, ...(verified === undefined ? {} : { verified }) };
}

const hint =
  'a component, an emitter or an issuer does not do what it should, or the disk fails; with --no-verify it is made all the same, and `kubepki verify` says the same of it';

/** Keys are the slow part with RSA, and files where there are many. */
function stepsOf({ cluster, args, found }: Context): number {
  const credentials = found.makes.length * 2 + found.keeps;
  return args.verify
    ? credentials + found.writes.length + found.stays + connectionSteps(cluster.plan, { all: false })
    : credentials;
}

function keptIn({ cluster, found }: Context): ReadonlySet<string> {
  const makes = new Set(found.makes.map(({ id }) => id));
  return new Set(cluster.plan.specs.flatMap(({ id }) => (makes.has(id) ? [] : [id])));
}

function counted({ make }: KeySource, step: () => void): KeySource {
  return {
    make: async (request) => {
      const key = await make(request);
      step();
      return key;
    },
  };
}
