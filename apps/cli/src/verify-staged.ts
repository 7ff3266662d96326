import type { TreeView } from '@kubepki/core';
import { refuseUnplanned, type Verified, verifyTree } from '@kubepki/verify';
import type { Context } from './make-context.ts';
import { connectionSteps } from './verify-steps.ts';

/** How many steps verifying what a run stages takes. */
export function verifySteps({ cluster, found }: Context): number {
  return found.writes.length + found.stays + connectionSteps(cluster.plan, { all: false });
}

/** Verifies what a run staged. @throws PkiError VERIFY_FAILED with all that is not as planned */
export async function verifyStaged(
  context: Context,
  { view, step }: { readonly view: TreeView; step(): void },
): Promise<Verified> {
  const { cluster, now, session } = context;
  const verified = await verifyTree({ ...cluster, view, kept: keptIn(context), now, signal: session.signal, step });
  refuseUnplanned(verified, hint);
  return verified;
}

const hint =
  'a component, an emitter or an issuer does not do what it should, or the disk fails; with --no-verify it is made all the same, and `kubepki verify` says the same of it';

function keptIn({ cluster, found }: Context): ReadonlySet<string> {
  const makes = new Set(found.makes.map(({ id }) => id));
  return new Set(cluster.plan.specs.flatMap(({ id }) => (makes.has(id) ? [] : [id])));
}
