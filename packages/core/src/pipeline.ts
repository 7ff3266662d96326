import { randomBytes } from 'node:crypto';
import { changes } from './changes/changes.ts';
import { type Existing, nothing } from './changes/existing.ts';
import type { Credential } from './credential.ts';
import { emit } from './emit/emit.ts';
import type { Emitter, Layout, Tree } from './emit/file.ts';
import { checkFiles } from './emit/plan-files.ts';
import type { KeySource } from './keys/key.ts';
import { keys } from './keys/keys.ts';
import { softwareKeys } from './keys/software.ts';
import type { Plan } from './plan/plan.ts';
import { type SignContext, sign } from './sign/sign.ts';
import { stoppable } from './stream.ts';

export type GenerateInput = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  readonly layout: Layout;
  readonly tree: Tree;
  /** What is there already, and stays where it fits. */
  readonly existing?: Existing;
  readonly source?: KeySource;
  readonly issuers?: SignContext['issuers'];
  /** Authorities' keys go into a folder of their own, outside the tree. */
  readonly apart?: boolean;
  readonly now?: Date;
  readonly random?: SignContext['random'];
  /** Stops between two credentials; nothing is left half written. */
  readonly signal?: AbortSignal;
};

/**
 * The whole pipeline: plan → changes → keys → sign → emit. Yields each credential, made or kept, once
 * its files are written; the tree becomes current after the last. Nothing runs unless it is read.
 * @throws PkiError; then, as when the reader stops early, the tree is as it was before
 */
export async function* generate(input: GenerateInput): AsyncGenerator<Credential> {
  const { plan, emitters, layout, tree, existing = nothing, signal, now = new Date() } = input;
  const source = input.source ?? softwareKeys({ signal });
  const random = input.random ?? ((count: number) => randomBytes(count));
  checkFiles({ plan, emitters, layout });
  try {
    const changed = changes(plan, { existing, now });
    const keyed = stoppable(keys(changed, { source }), signal);
    const credentials = sign(keyed, {
      plan,
      now,
      random,
      ...(input.issuers ? { issuers: input.issuers } : {}),
    });
    for await (const credential of emit(credentials, { plan, emitters, layout, tree, apart: input.apart ?? false })) {
      signal?.throwIfAborted();
      yield credential;
    }
    signal?.throwIfAborted();
    await tree.commit({ plan });
  } finally {
    await tree.abort();
  }
}
