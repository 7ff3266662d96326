import { changes } from './changes/changes.ts';
import { type Existing, nothing } from './changes/existing.ts';
import type { Renewal } from './changes/renewal.ts';
import type { Credential } from './credential.ts';
import { checkFiles } from './emit/check-files.ts';
import { emit } from './emit/emit.ts';
import type { Emitter, Layout } from './emit/file.ts';
import type { Tree, TreeView } from './emit/tree/tree.ts';
import { PkiError } from './error.ts';
import type { KeySource } from './keys/key.ts';
import { keysInRows } from './keys/keys.ts';
import { softwareKeys } from './keys/software.ts';
import type { Plan } from './plan/plan.ts';
import { drawRandom } from './random.ts';
import { inRows } from './rows.ts';
import type { SignContext } from './sign/issuers.ts';
import { signRows } from './sign/sign.ts';
import { templatesHash } from './sign/templates-hash.ts';
import { stoppable } from './stream.ts';

/**
 * What a run needs. By default keys are made in this process, an authority's own key signs, `now` is the clock's, and
 * random bytes are those of `node:crypto`.
 */
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
  /** What is to be made again though it fits. */
  readonly renewal?: Renewal | undefined;
  readonly now?: Date;
  readonly random?: SignContext['random'];
  /** Looks at all that was staged, right before it becomes current. What it throws ends the run, and nothing stays. */
  readonly verify?: (staged: TreeView) => Promise<void>;
  /** Stops between two credentials; nothing is left half written. */
  readonly signal?: AbortSignal;
};

/**
 * The whole pipeline: plan → changes → keys → sign → emit. Yields each credential, made or kept, once
 * its files are written; the tree becomes current after the last. Nothing runs unless it is read.
 * @throws PkiError; then, as when the reader stops early, the tree is as it was before
 */
export async function* generate(input: GenerateInput): AsyncGenerator<Credential> {
  const { plan, emitters, layout, tree, existing = nothing, verify, signal, renewal, now = new Date() } = input;
  const source = input.source ?? softwareKeys({ signal });
  const random = input.random ?? drawRandom();
  checkFiles({ plan, emitters, layout });
  const view = verify === undefined ? undefined : viewOf(tree);
  try {
    const changed = changes(plan, { existing, now, renewal });
    const keyed = stoppable(keysInRows(inRows(changed), { source }), signal);
    const credentials = signRows(keyed, {
      plan,
      now,
      random,
      ...(input.issuers ? { issuers: input.issuers } : {}),
    });
    const context = { plan, emitters, layout, tree, apart: input.apart ?? false, random };
    for await (const credential of emit(credentials, context)) {
      signal?.throwIfAborted();
      yield credential;
    }
    signal?.throwIfAborted();
    if (view !== undefined) await verify?.(view(plan));
    signal?.throwIfAborted();
    await tree.commit({ plan, now, templates: templatesHash(plan) });
  } finally {
    await tree.abort();
  }
}

function viewOf(tree: Tree): NonNullable<Tree['view']> {
  if (tree.view !== undefined) return tree.view.bind(tree);
  throw new PkiError('TREE_WITHOUT_VIEW', 'the tree cannot be read before it is current, so it cannot be verified', {
    fault: 'usage',
    hint: 'give the tree a `view`, or leave out `verify`',
  });
}
