import { PkiError, type Problem } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { selects } from '../plan/select.ts';
import type { AuthoritySpec, LeafSpec } from '../plan/spec.ts';
import type { Certificate } from '../sign/certificate.ts';
import { isDue } from './due.ts';

/** Which of the certificates that fit are made again all the same, always as the plan says and never as they were. */
export type Renewal = {
  /** Why one is made again; undefined: it stays. */
  reason(spec: AuthoritySpec | LeafSpec, certificate: Certificate): string | undefined;
  /** Whether leaves keep their keys. Authorities always do. */
  readonly keepKeys?: boolean;
};

/** What is asked for by name; without names what is due, except for what is in no list. */
export type RenewalInput = {
  /** Selectors: `apiserver` (all of that name), `apiserver@cp-1` (one), `@cp-1` (a node's). */
  readonly names: readonly string[];
  readonly keepKeys?: boolean;
  /** Whether authorities may be named: each gets a new certificate for its name and key, and what it signed stays good. */
  readonly authorities?: boolean;
  readonly now: Date;
  /** So many seconds before its end a certificate is due, or in the last third of its life where that is shorter. */
  readonly before: number;
};

/**
 * What of a plan is renewed. Without names that is every leaf that is due, except for people in system:masters, whom
 * nobody needs every day, and what the process that has it renews itself.
 * @throws PkiError RENEWAL_INVALID with every name that means nothing in this plan, or something that is not renewed
 */
export function renewalOf(plan: Plan, input: RenewalInput): Renewal {
  const { names, keepKeys = false, now, before } = input;
  const problems = names.flatMap((name) => problemOfName(name, plan, input));
  const [first] = problems;
  if (first !== undefined) {
    const message =
      problems.length === 1 ? `${first.where}: ${first.message}` : `${problems.length} names cannot be renewed`;
    throw new PkiError('RENEWAL_INVALID', message, {
      problems,
      ...(problems.length === 1 ? { hint: first.hint } : {}),
    });
  }
  return {
    keepKeys,
    reason(spec, certificate) {
      if (names.length > 0)
        return names.some((name) => selects(name, spec)) && isNamed(spec, names) ? 'asked for' : undefined;
      if (spec.kind === 'authority' || isLeftOut(spec)) return undefined;
      const { notBefore, notAfter } = certificate;
      const life = (notAfter.getTime() - notBefore.getTime()) / 1000;
      return isDue({ notAfter, life }, { now, before }) ? dueReason(certificate, now) : undefined;
    },
  };
}

/** Whether a leaf is not among those that are due: an emergency's, or one that its process renews. */
export function isLeftOut(spec: LeafSpec): boolean {
  return isEmergency(spec) || spec.renews === 'itself';
}

/** A process may be a member as well, as the API server's client of kubelets was up to 1.28, and is renewed like any. */
function isEmergency({ organizations, person }: LeafSpec): boolean {
  return person && organizations.includes('system:masters');
}

/** A node's selector means its leaves; a `system:masters` is renewed by its own name alone. */
function isNamed(spec: AuthoritySpec | LeafSpec, names: readonly string[]): boolean {
  if (spec.kind === 'authority' || !isEmergency(spec)) return true;
  return names.some((name) => !name.startsWith('@') && selects(name, spec));
}

function dueReason({ notAfter }: Certificate, now: Date): string {
  const day = notAfter.toISOString().slice(0, 10);
  return notAfter <= now ? `ended on ${day}` : `ends on ${day}`;
}

function problemOfName(name: string, plan: Plan, { authorities = false }: RenewalInput): readonly Problem[] {
  const wrong = (message: string, hint: string): readonly Problem[] => [{ where: name, message, hint }];
  const meant = plan.specs.filter((spec) => spec.kind !== 'elsewhere' && selects(name, spec));
  if (meant.length === 0) return wrong('nothing has that name', 'kubepki status lists what there is');
  for (const spec of meant) {
    if (spec.kind === 'keypair')
      return wrong(
        'a key without a certificate has no end, and is not renewed',
        'a new one would end every token that it signed',
      );
    if (spec.kind !== 'authority') continue;
    if (spec.given)
      return wrong(
        'somebody else made this authority',
        'let its owner renew it, put the new certificate into its file, and generate',
      );
    if (!authorities)
      return wrong(
        'an authority is not renewed by the way',
        '--same-key gives it a new certificate for the same name and key, so that all it signed stays good',
      );
  }
  return [];
}
