import type { Template } from '../../certificate.ts';
import { signatureAlgorithmOf } from '../../x509/algorithm.ts';
import { sameBytes } from '../../x509/bytes.ts';
import { keyIdOf } from '../../x509/key-id.ts';
import type { Attribute } from '../../x509/read-name.ts';
import type { San } from '../../x509/read-sans.ts';
import { ipBytes } from '../../x509/sans.ts';
import type { Facts, LintContext } from '../facts.ts';
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
  const { values } = facts.context;
  const wrong = values === undefined ? undefined : otherwise(facts, values);
  if (wrong !== undefined) return wrong;
  if (!areAttributes(facts.name, subject)) return 'its subject is another';
  if (facts.authority !== authority || facts.constraints?.pathLength !== pathLength)
    return 'its basic constraints are others';
  if (!sameSet(facts.keyUsage ?? [], keyUsage)) return 'its key usage is another';
  if (!sameSet(facts.usages ?? [], extendedKeyUsage)) return 'its usages are others';
  if ((facts.subjectKeyId !== undefined) !== subjectKeyId) return 'its subject key identifier is there or missing';
  if (facts.list.length > Object.keys(facts.by).length) return 'it has an extension that no template has';
  return areNames(facts.sans ?? [], sans) ? undefined : 'its alternative names are others';
}

function otherwise(
  { tbs: { serial, notBefore, notAfter, publicKey, algorithm, subject }, authority, subjectKeyId }: Facts,
  values: NonNullable<LintContext['values']>,
): string | undefined {
  if (!sameBytes(publicKey, values.publicKey)) return 'its key is another';
  if (!sameBytes(algorithm, signatureAlgorithmOf(values.signer).der)) return 'its signature algorithm is another';
  // What an authority signs points to this identifier; nothing points to a leaf's.
  if (authority && subjectKeyId && !sameBytes(subjectKeyId, values.again?.subjectKeyId ?? keyIdOf(values.publicKey)))
    return 'the identifier of its key is another';
  if (values.again !== undefined && !sameBytes(subject, values.again.subject))
    return 'its name is not written as before';
  // One zero stands before a number whose highest bit is set.
  const number = serial[0] === 0 ? serial.subarray(1) : serial;
  if (!sameBytes(number, values.serial)) return 'its serial number is another';
  return notBefore.getTime() === values.notBefore.getTime() && notAfter.getTime() === values.notAfter.getTime()
    ? undefined
    : 'its life is another';
}

function areAttributes(found: readonly Attribute[], planned: readonly Attribute[]): boolean {
  return (
    found.length === planned.length &&
    found.every(({ type, value }, index) => type === planned[index]?.type && value === planned[index]?.value)
  );
}

/** Names and then addresses, in the order of the template. */
function areNames(found: readonly San[], { dns, ips }: Template['sans']): boolean {
  if (found.length !== dns.length + ips.length) return false;
  const isAddress = ({ kind, bytes }: San, ip: string) => kind === 'IP' && sameBytes(bytes, ipBytes(ip));
  return found.every((san, index) => {
    const name = dns[index];
    if (name === undefined) return isAddress(san, ips[index - dns.length] ?? '');
    return san.kind === 'DNS' && san.text === name;
  });
}

function sameSet(found: readonly string[], planned: readonly string[]): boolean {
  return found.length === planned.length && planned.every((each) => found.includes(each));
}
