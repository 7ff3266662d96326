import { checkCanonical } from '../x509/canonical.ts';
import { bitsOf, DerError, elementsIn, tags, whole } from '../x509/der.ts';
import { largest } from '../x509/parse.ts';
import { partsOf } from '../x509/structure.ts';
import { judgeAlike } from './alike/judge.ts';
import type { Facts, LintContext } from './facts.ts';
import type { Finding, Rule } from './rule.ts';
import { lintRules } from './rules/index.ts';

/** The bytes to be signed, so that there is room for the signature in what a certificate may have. */
const largestTbs = largest - 4096;
const der = lintRules.find(({ id }) => id === 'der') as Rule;

/**
 * The rules that the bytes of a TBSCertificate break (RFC 5280 4.1.2). What is no DER breaks that rule alone, since
 * nothing in it can be read. Pure; never throws for any bytes.
 */
export function lintTbs(
  tbs: Uint8Array,
  context: LintContext & { readonly waives?: readonly string[] } = {},
): readonly Finding[] {
  return lintAndRead(tbs, context).findings;
}

/** The same, with what was read for it; without where it is no DER. */
export function lintAndRead(
  tbs: Uint8Array,
  context: LintContext & { readonly waives?: readonly string[] },
): { readonly findings: readonly Finding[]; readonly facts?: Facts } {
  const { waives = [] } = context;
  try {
    if (tbs.length > largestTbs) throw new DerError(`it is larger than ${largestTbs} bytes`);
    const { facts, broken } = judgeAlike(tbs, context);
    return { findings: broken.map(({ rule, detail }) => findingOf(rule, { detail, waives })), facts };
  } catch (error) {
    if (error instanceof DerError) return { findings: [findingOf(der, { detail: error.message, waives })] };
    throw error;
  }
}

/**
 * The same for a whole certificate in DER, for which it must also say twice by which algorithm it is signed. The
 * signature itself is not verified.
 */
export function lintCertificate(
  certificate: Uint8Array,
  context: LintContext & { readonly waives?: readonly string[] } = {},
): readonly Finding[] {
  const { waives = [] } = context;
  try {
    return lintTbs(tbsOf(certificate), context);
  } catch (error) {
    if (error instanceof DerError) return [findingOf(der, { detail: error.message, waives })];
    throw error;
  }
}

/** @throws DerError */
function tbsOf(certificate: Uint8Array): Uint8Array {
  if (certificate.length > largest) throw new DerError(`it is larger than ${largest} bytes`);
  checkCanonical(certificate);
  const { tbs, algorithm, signature } = partsOf(certificate);
  bitsOf(certificate, signature);
  const [inner] = elementsIn(certificate, tbs).filter(({ tag }) => tag === tags.sequence);
  if (!inner || Buffer.compare(whole(certificate, inner), whole(certificate, algorithm)) !== 0) {
    throw new DerError('its two signature algorithms differ');
  }
  return whole(certificate, tbs);
}

function findingOf(
  rule: Rule,
  { detail, waives }: { readonly detail: string; readonly waives: readonly string[] },
): Finding {
  const { id, severity, remedy } = rule;
  return { rule: id, severity, detail, remedy, waived: waives.includes(id) };
}
