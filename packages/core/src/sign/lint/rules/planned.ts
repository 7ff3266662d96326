import type { Template } from '../../certificate.ts';
import { ipBytes } from '../../x509/sans.ts';
import { hexOf } from '../../x509/text.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** What was asked for. */
export const planned: readonly Rule[] = [
  {
    id: 'as-planned',
    severity: 'error',
    source: 'docs/architecture.md',
    says: 'A certificate says what its template says, no more and no less; so `system:masters` is only where a plan has it.',
    remedy: 'The encoder is broken: please report it with the plan.',
    check: (facts) => {
      const { template } = facts.context;
      return template === undefined ? undefined : differing(facts, template);
    },
  },
];

function differing(facts: Facts, template: Template): string | undefined {
  const { subject, authority, pathLength, keyUsage, extendedKeyUsage, sans, subjectKeyId } = template;
  if (!same(facts.name.map(attribute), subject.map(attribute))) return 'its subject is another';
  if (facts.authority !== authority || facts.constraints?.pathLength !== pathLength)
    return 'its basic constraints are others';
  if (!sameSet(facts.keyUsage ?? [], keyUsage)) return 'its key usage is another';
  if (!sameSet(facts.usages ?? [], extendedKeyUsage)) return 'its usages are others';
  if ((facts.subjectKeyId !== undefined) !== subjectKeyId) return 'its subject key identifier is there or missing';
  const planned = [...sans.dns.map((name) => `DNS:${name}`), ...sans.ips.map((ip) => `IP:${hexOf(ipBytes(ip))}`)];
  const found = (facts.sans ?? []).map(({ kind, text }) => `${kind}:${text}`);
  return same(found, planned) ? undefined : 'its alternative names are others';
}

function attribute({ type, value }: { readonly type: string; readonly value: string }): string {
  return `${type}=${value}`;
}

function same(found: readonly string[], planned: readonly string[]): boolean {
  return found.length === planned.length && found.every((each, index) => each === planned[index]);
}

function sameSet(found: readonly string[], planned: readonly string[]): boolean {
  return found.length === planned.length && planned.every((each) => found.includes(each));
}
