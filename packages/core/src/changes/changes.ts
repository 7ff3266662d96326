import type { Credential } from '../credential.ts';
import { PkiError, type Problem } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, KeyPairSpec, Spec } from '../plan/spec.ts';
import { authorityOf } from '../plan/uses.ts';
import type { Existing } from './existing.ts';
import { keepLeaf } from './leaf.ts';
import { keepSource } from './sources.ts';

/** What becomes of a spec: it is kept as it is there, or it is made, and why. */
export type Change = { readonly spec: Credential['spec'] } & (
  | { readonly kept: Credential; readonly reasons?: never }
  | { readonly kept?: never; readonly reasons: readonly string[] }
);

/**
 * Compares a plan with what is there, spec by spec in plan order.
 * @throws PkiError with everything that is wrong with authorities and key pairs, before the first change
 */
export async function* changes(
  plan: Plan,
  { existing, now }: { readonly existing: Existing; readonly now: Date },
): AsyncGenerator<Change> {
  const sources = await sourceChanges(plan, { existing, now });
  const kept = new Map(sources.flatMap((change) => (change.kept ? [[change.spec.name, change.kept]] : [])));
  yield* sources;
  for (const spec of plan.specs) {
    if (spec.kind !== 'leaf') continue;
    const found = await existing.find(spec);
    const issuer = kept.get(authorityOf(plan, spec)?.name ?? '');
    const outcome = keepLeaf(spec, { found, issuer, plan });
    yield 'reasons' in outcome ? { spec, reasons: outcome.reasons } : { spec, kept: outcome };
  }
}

async function sourceChanges(
  plan: Plan,
  { existing, now }: { readonly existing: Existing; readonly now: Date },
): Promise<readonly Change[]> {
  const done: Change[] = [];
  const errors: PkiError[] = [];
  for (const spec of plan.specs) {
    if (!isSource(spec)) continue;
    const found = await existing.find(spec);
    try {
      const kept = keepSource(spec, { found, existing, plan, now });
      done.push(kept === undefined ? { spec, reasons: ['new'] } : { spec, kept });
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
  return done;
}

function isSource(spec: Spec): spec is AuthoritySpec | KeyPairSpec {
  return spec.kind === 'authority' || spec.kind === 'keypair';
}

function throwAll(errors: readonly PkiError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  if (errors.length === 1) throw first;
  const problems = errors.map(({ message, hint }): Problem => {
    const [where = '', ...rest] = message.split(': ');
    return { where, message: rest.join(': '), ...(hint === undefined ? {} : { hint }) };
  });
  throw new PkiError(first.code, `${errors.length} authorities or keys are not as they were`, { problems });
}
