import { formatDuration } from '../cluster/duration.ts';
import type { Algorithm } from '../keys/algorithm.ts';
import type { Certificate, Template } from './certificate.ts';
import type { Span } from './instants.ts';
import { type Details, describe } from './x509/details.ts';
import { ipBytes, ipText } from './x509/sans.ts';

/** A certificate that is there, and what the plan says it should be. */
export type Comparison = {
  readonly template: Template;
  readonly keys: Algorithm;
  readonly existing: Certificate;
  /** The authority's span, where a life may have been cut to it. */
  readonly issuer?: Span | undefined;
};

/** A field of a certificate that is compared, as a reason names it. */
export type Field =
  | 'subject'
  | 'basic constraints'
  | 'key usages'
  | 'usages'
  | 'sans'
  | 'subject key id'
  | 'extensions'
  | 'keys'
  | 'life';

/** A field that differs, and how: `SAN +IP:10.0.0.9`, with a plus for what the plan has and the certificate lacks. */
export type Difference = { readonly field: Field; readonly detail: string };

/** The names of the fields in which a certificate differs from the plan. Serial number and instants are no fields. */
export function compare(comparison: Comparison): readonly Field[] {
  return [...new Set(differences(comparison).map(({ field }) => field))];
}

/** Each difference between a certificate and the plan. Names, usages and organisations are compared as sets. */
export function differences(comparison: Comparison): readonly Difference[] {
  const { template, existing } = comparison;
  const details = describe(existing);
  const sets: readonly [Field, string, readonly string[], readonly string[]][] = [
    ['subject', 'subject', template.subject.map(attribute), details.subject.map(attribute)],
    ['key usages', 'key usage', template.keyUsage, details.keyUsage],
    ['usages', 'usage', template.extendedKeyUsage, details.extendedKeyUsage],
    ['sans', 'SAN', plannedSans(template), sansOf(details)],
    ['extensions', 'extension', [], details.otherExtensions],
  ];
  return [
    ...sets.flatMap(([field, word, planned, found]) =>
      changesBetween(planned, found).map((change) => ({ field, detail: `${word} ${change}` })),
    ),
    ...plain(comparison, details),
    ...lifeDifference(comparison),
  ];
}

function plain({ template, keys }: Comparison, details: Details): readonly Difference[] {
  const pairs: readonly [Field, string, string][] = [
    ['basic constraints', constraints(details), constraints(template)],
    ['subject key id', presence(details), presence(template)],
    ['keys', details.keys ?? 'of an unknown kind', keys],
  ];
  return pairs
    .filter(([, found, planned]) => found !== planned)
    .map(([field, found, planned]) => ({ field, detail: `${field} ${found} → ${planned}` }));
}

/**
 * The life where the certificate alone tells it: not where it began with its authority, since nothing then says when
 * it was made. It may be shorter than planned where it ends with its authority.
 */
function lifeDifference({ template, existing, issuer }: Comparison): readonly Difference[] {
  const { from, counts, validity, backdate, cut } = template.life;
  if (from === 'issuer') return [];
  const planned = counts === 'life' ? validity : validity + backdate;
  const found = (existing.notAfter.getTime() - existing.notBefore.getTime()) / 1000 + (counts === 'life' ? 1 : 0);
  const endsWithIssuer = cut && found < planned && existing.notAfter.getTime() === issuer?.notAfter.getTime();
  if (found === planned || endsWithIssuer) return [];
  return [{ field: 'life', detail: `life ${formatDuration(found)} → ${formatDuration(planned)}` }];
}

function changesBetween(planned: readonly string[], found: readonly string[]): readonly string[] {
  const [wanted, present] = [new Set(planned), new Set(found)];
  return [
    ...[...wanted].filter((each) => !present.has(each)).map((each) => `+${each}`),
    ...[...present].filter((each) => !wanted.has(each)).map((each) => `-${each}`),
  ];
}

function attribute({ type, value }: { readonly type: string; readonly value: string }): string {
  return `${type}=${value}`;
}

function plannedSans({ sans }: Template): readonly string[] {
  return sansOf({ sans: { ...sans, ips: sans.ips.map((ip) => ipText(ipBytes(ip))), others: [] } });
}

function sansOf({ sans }: Pick<Details, 'sans'>): readonly string[] {
  return [...sans.dns.map((name) => `DNS:${name}`), ...sans.ips.map((ip) => `IP:${ip}`), ...sans.others];
}

function constraints({
  authority,
  pathLength,
}: {
  readonly authority: boolean;
  readonly pathLength?: number | undefined;
}): string {
  if (!authority) return 'CA:FALSE';
  return pathLength === undefined ? 'CA:TRUE' : `CA:TRUE, pathlen:${pathLength}`;
}

function presence({ subjectKeyId }: { readonly subjectKeyId: boolean }): string {
  return subjectKeyId ? 'present' : 'absent';
}
