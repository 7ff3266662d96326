import { checkCanonical } from '../x509/canonical.ts';
import { DerError, onlyElement, tags } from '../x509/der.ts';
import { oids } from '../x509/oids.ts';
import { otherExtension } from '../x509/other-extensions.ts';
import { type Extension, readTbs } from '../x509/tbs.ts';
import { type Facts, factsOf, type LintContext } from './facts.ts';
import type { Rule } from './rule.ts';
import { lintRules } from './rules/index.ts';

/** A rule that is broken, and how. */
export type Broken = { readonly rule: Rule; readonly detail: string };

/** The rules that are broken, in their order, and what was read for it. */
export type Judged = { readonly facts: Facts; readonly broken: readonly Broken[] };

const known: ReadonlySet<string> = new Set(Object.values(oids));

/** Reads the bytes of a TBSCertificate and holds them against all rules. @throws DerError */
export function judge(tbs: Uint8Array, context: LintContext): Judged {
  const facts = readFacts(tbs, context);
  const broken: Broken[] = [];
  for (const rule of lintRules) {
    const detail = rule.check(facts);
    if (detail !== undefined) broken.push({ rule, detail });
  }
  return { facts, broken };
}

/** @throws DerError */
export function readFacts(tbs: Uint8Array, context: LintContext): Facts {
  checkCanonical(tbs);
  const read = readTbs(tbs, onlyElement(tbs, tags.sequence));
  read.extensions?.forEach(checkValue);
  return factsOf(read, context);
}

/** The values of extensions that nobody knows may be anything. */
function checkValue({ oid, value }: Extension): void {
  const other = known.has(oid) ? undefined : otherExtension(oid);
  if (!known.has(oid) && other === undefined) return;
  checkCanonical(value);
  if (other !== undefined && value[0] !== other.tag) throw new DerError(`its ${other.name} are of another type`);
}
