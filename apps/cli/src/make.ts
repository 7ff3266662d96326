import { generate, type KeySource, softwareKeys, stagedTree, type TreeView } from '@kubepki/core';
import type { Verified } from '@kubepki/verify';
import { type Book, openBook } from './book.ts';
import type { Context } from './make-context.ts';
import { progressBar } from './output/progress.ts';

/** What is known of each credential now, and what was verified before it became current, unless that was left out. */
export type Made = { readonly book: Book; readonly verified?: Verified };

/** Makes what is missing, and verifies all of it before it becomes current. @throws PkiError; then nothing was changed */
export async function make(context: Context): Promise<Made> {
  const { cluster, args, output, existing, found, renewal, now, session } = context;
  const { plan, layout } = cluster;
  const { authorityKeys } = args;
  const tree = stagedTree(output, {
    cluster: plan.cluster.name,
    folderMode: layout.folderMode,
    ...(authorityKeys === undefined ? {} : { apart: authorityKeys }),
  });
  const book = openBook();
  // Whoever does not verify is spared the loading of it.
  const staged = args.verify ? await import('./verify-staged.ts') : undefined;
  // Keys are the slow part with RSA, and files where there are many.
  const steps = found.makes.length * 2 + found.keeps + (staged?.verifySteps(context) ?? 0);
  const progress = progressBar(session.stderr, steps);
  const { signal } = session;
  const source = counted(softwareKeys({ signal }), progress.step);
  const apart = authorityKeys !== undefined;
  let verified: Verified | undefined;
  const check = staged && {
    verify: async (view: TreeView) => {
      verified = await staged.verifyStaged(context, { view, step: progress.step });
    },
  };
  try {
    for await (const credential of generate({
      ...cluster,
      ...check,
      tree,
      existing,
      renewal,
      now,
      apart,
      source,
      signal,
    })) {
      book.add(credential);
      progress.step();
    }
  } finally {
    progress.end();
  }
  return { book, ...(verified === undefined ? {} : { verified }) };
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
