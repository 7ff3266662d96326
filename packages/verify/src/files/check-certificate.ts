import {
  type AuthoritySpec,
  authorityOf,
  type Certificate,
  describe,
  differences,
  type LeafSpec,
  lintCertificate,
  maySign,
  template,
} from '@kubepki/core';
import type { Context } from './context.ts';
import type { Found } from './found.ts';
import { type FileProblem, ofId } from './problem.ts';
import { anew, never } from './remedies.ts';

type Look = {
  readonly certificate: Certificate;
  /** Whether it is issued by the authority that the plan says; what follows from another one is not told. */
  readonly chained: boolean;
  readonly context: Context;
  find(id: string): Found | undefined;
};

/** A certificate is as the plan says, and keeps the rules of lint that its profile does not waive. */
export function* checkCertificate(spec: AuthoritySpec | LeafSpec, look: Look): Generator<FileProblem> {
  if (spec.kind === 'authority' && spec.given) {
    yield* checkGiven(spec, look.certificate);
    return;
  }
  const { plan, isKept } = look.context;
  const planned = template(spec, plan);
  const authority = authorityOf(plan, spec);
  const issuer = authority && look.find(authority.id)?.certificate;
  const { der } = look.certificate;
  const { uses, waives = [] } = planned;
  const findings = isKept(spec.id)
    ? []
    : lintCertificate(der, { template: planned, issuer: look.chained ? (issuer ?? 'self') : undefined, uses, waives });
  const broken = findings.filter(({ severity, waived }) => severity === 'error' && !waived);
  const hint = spec.kind === 'leaf' ? anew : never;
  for (const { rule, detail } of broken) {
    if (rule !== planRule) yield ofId(spec.id, { check: 'lint', message: `${rule}: ${detail}`, hint });
  }
  const different = differences({ template: planned, keys: spec.keys, existing: look.certificate, issuer });
  const details = different.length > 0 ? different : broken.filter(({ rule }) => rule === planRule);
  if (details.length === 0) return;
  const message = `its certificate differs from the plan: ${details.map(({ detail }) => detail).join('; ')}`;
  yield ofId(spec.id, { check: 'plan', message, hint });
}

/** It says the same as the differences, and of order too. */
const planRule = 'as-planned';

/** Somebody else's authority is as they made it; it must be able to sign. */
function* checkGiven(spec: AuthoritySpec, certificate: Certificate): Generator<FileProblem> {
  if (maySign(describe(certificate))) return;
  const message = 'its certificate may not sign others';
  yield ofId(spec.id, { check: 'plan', message, hint: 'give the certificate of an authority' });
}
