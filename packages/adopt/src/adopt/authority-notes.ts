import {
  type AuthoritySpec,
  type Certificate,
  describe,
  formatDuration,
  lintCertificate,
  type Plan,
  template,
} from '@kubepki/core';
import { day, daysLeft, isBrokenDigest, type Note } from './verdict.ts';

/** An authority that is taken over, and where its certificate lies. */
type Taken = {
  readonly certificate: Certificate;
  readonly where: string;
  readonly hasKey: boolean;
  readonly plan: Plan;
  readonly now: Date;
};

/** What is worth a word about an authority that is taken over all the same. */
export function* authorityNotes(spec: AuthoritySpec, taken: Taken): Generator<Note> {
  const { certificate, where, hasKey, plan, now } = taken;
  const { id } = spec;
  const longest = Math.max(...plan.specs.map((one) => (one.kind === 'leaf' ? one.validity : 0)));
  if (daysLeft(certificate, now) * 86_400 < longest) {
    const message = `${id} ends on ${day(certificate.notAfter)}, before a leaf of ${formatDuration(longest)} would`;
    yield { fault: 'weak', where, message, hint: 'plan its successor: what it signs from now on ends with it' };
  }
  if (isBrokenDigest(describe(certificate).signatureAlgorithm))
    yield { fault: 'weak', where, message: `${id} is signed over SHA-1 or MD5, which nobody checks on a root` };
  const planned = template(spec, plan);
  const { waives = [] } = planned;
  for (const { rule, severity, detail, waived } of lintCertificate(certificate.der, {
    template: planned,
    issuer: 'self',
    waives,
  })) {
    if (severity !== 'error' || waived || rule === 'as-planned') continue;
    yield { fault: 'weak', where, message: `${id} breaks ${rule}: ${detail}`, hint: '`kubepki verify` says it too' };
  }
  if (hasKey) return;
  yield {
    fault: 'missing',
    where,
    message: `${id} is there without its key, so that nothing of it can be made`,
    hint: `bring the key into the folder of authorities' keys: --authority-keys DIR, as ${spec.name}.key in it`,
  };
}
