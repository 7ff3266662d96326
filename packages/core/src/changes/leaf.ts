import type { Credential } from '../credential.ts';
import type { Plan } from '../plan/plan.ts';
import type { LeafSpec } from '../plan/spec.ts';
import type { Certificate } from '../sign/certificate.ts';
import { differences } from '../sign/compare.ts';
import { issuedBy, sameKey } from '../sign/issuer.ts';
import { template } from '../sign/template.ts';
import type { Found } from './existing.ts';

/** The leaf as it is there, or in words why it is to be made. Time alone is no reason. */
export function keepLeaf(
  spec: LeafSpec,
  { found, issuer, plan }: { readonly found: Found; readonly issuer: Certificate | undefined; readonly plan: Plan },
): Credential | { readonly reasons: readonly string[] } {
  const { certificate, key } = found;
  if (found.spec === undefined && certificate === undefined) return { reasons: ['new'] };
  if (certificate === undefined) return { reasons: ['its certificate is missing'] };
  if (key === undefined) return { reasons: ['its key is missing'] };
  if (issuer === undefined) return { reasons: ['its authority is new'] };
  if (found.issuer !== issuer.fingerprint && !issuedBy(certificate, issuer))
    return { reasons: ['another authority signs it now'] };
  const reasons = differences({
    template: template(spec, plan),
    keys: spec.keys,
    existing: certificate,
    issuer,
  }).map(({ detail }) => detail);
  if (!sameKey(key, certificate)) reasons.push('its key is of another certificate');
  if (found.spec?.kind === 'leaf' && found.spec.validity !== spec.validity && reasons.length === 0)
    reasons.push('life');
  return reasons.length > 0 ? { reasons } : { spec, certificate, key, made: false };
}
