import type { Credential } from '../credential.ts';
import { PkiError, type Problem } from '../error.ts';
import type { Key } from '../keys/key.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, KeyPairSpec, Spec } from '../plan/spec.ts';
import { authorityOf } from '../plan/uses.ts';
import type { Certificate } from '../sign/certificate.ts';
import { keyMissing } from '../sign/key-missing.ts';
import type { Existing, Found } from './existing.ts';
import { keepLeaf } from './leaf.ts';
import type { Renewal } from './renewal.ts';
import { keepSource } from './sources.ts';

/** What becomes of a spec: it is kept as it is there, or it is made, and why. */
export type Change = { readonly spec: Credential['spec'] } & (
  | { readonly kept: Credential; readonly reasons?: never; readonly again?: never }
  | {
      readonly kept?: never;
      readonly reasons: readonly string[];
      /** What stays of the one that is there: the key, and of an authority its name and key identifier. */
      readonly again?: Again;
    }
);

/** A credential that is made again for the same key. */
export type Again = { readonly key: Key; readonly certificate: Certificate };

/** What is there, the clock, and what is to be made again though it fits. */
export type ChangesContext = {
  readonly existing: Existing;
  readonly now: Date;
  readonly renewal?: Renewal | undefined;
};

/**
 * Compares a plan with what is there, spec by spec in plan order.
 * @throws PkiError with everything that is wrong with authorities and key pairs, before the first change
 */
export async function* changes(plan: Plan, context: ChangesContext): AsyncGenerator<Change> {
  const { existing, renewal } = context;
  const sources = await sourceChanges(plan, context);
  // What an authority signed is judged by the certificate that is there: a new one has the same name and key.
  const kept = new Map(
    sources.flatMap(({ spec, kept: stays, again }) => {
      const certificate = stays?.certificate ?? again?.certificate;
      return certificate === undefined ? [] : [[spec.name, certificate] as const];
    }),
  );
  yield* sources;
  for (const spec of plan.specs) {
    if (spec.kind !== 'leaf') continue;
    const found = await existing.find(spec);
    const issuer = kept.get(authorityOf(plan, spec)?.name ?? '');
    const outcome = keepLeaf(spec, { found, issuer, plan });
    yield 'reasons' in outcome
      ? { spec, reasons: outcome.reasons }
      : (renewed(outcome, renewal) ?? { spec, kept: outcome });
  }
}

/** The change of a leaf that fits and is made again all the same. */
function renewed({ spec, certificate, key }: Credential, renewal: Renewal | undefined): Change | undefined {
  if (renewal === undefined || spec.kind !== 'leaf' || certificate === undefined || key === undefined) return undefined;
  const reason = renewal.reason(spec, certificate);
  if (reason === undefined) return undefined;
  return { spec, reasons: [reason], ...(renewal.keepKeys ? { again: { key, certificate } } : {}) };
}

/**
 * The changes of authorities and key pairs alone, in plan order.
 * @throws PkiError with everything that is wrong with them
 */
export async function sourceChanges(
  plan: Plan,
  { existing, now, renewal }: ChangesContext,
): Promise<readonly Change[]> {
  const done: Change[] = [];
  const errors: PkiError[] = [];
  for (const spec of plan.specs) {
    if (!isSource(spec)) continue;
    const found = await existing.find(spec);
    try {
      const again = spec.kind === 'authority' ? authorityAgain(spec, { found, renewal }) : undefined;
      const kept = keepSource(spec, { found, existing, plan, now, renewed: again !== undefined });
      if (again !== undefined) done.push({ spec, reasons: [again.reason], again });
      else done.push(kept === undefined ? { spec, reasons: ['new'] } : { spec, kept });
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
  return done;
}

/** What stays of an authority whose certificate is made again. @throws PkiError AUTHORITY_KEY_MISSING */
function authorityAgain(
  spec: AuthoritySpec,
  { found: { certificate, key }, renewal }: { readonly found: Found; readonly renewal: Renewal | undefined },
): (Again & { readonly reason: string }) | undefined {
  const reason = certificate && renewal?.reason(spec, certificate);
  if (certificate === undefined || reason === undefined) return undefined;
  if (key === undefined) throw keyMissing([spec.id]);
  return { key, certificate, reason };
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
