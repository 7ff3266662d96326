import type { Judged } from '../lint/judge.ts';
import { printable } from './printable.ts';

/** How many rules are broken, by whether that counts. */
export function countsOf(certificates: readonly Judged[]) {
  const findings = certificates.flatMap((certificate) => certificate.findings);
  const left = findings.filter(({ waived }) => !waived);
  const errors = left.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: left.length - errors, waived: findings.length - left.length };
}

/** A subject as `O=system:nodes, CN=system:node:cp-1`. */
export function subjectText(subject: NonNullable<Judged['subject']>): string {
  return printable(subject.map(({ type, value }) => `${type}=${value}`).join(', ')) || 'without a subject';
}
