import type { Certificate } from '../../certificate.ts';
import { checkElement } from '../../x509/canonical.ts';
import { DerError, type Element, whole } from '../../x509/der.ts';
import { keyKindOf } from '../../x509/key-kind.ts';
import type { Facts, LintContext } from '../facts.ts';
import { type Broken, type Judged, judge, readFacts } from '../judge.ts';
import type { Rule } from '../rule.ts';
import { lintRules } from '../rules/index.ts';
import { commonFacts, factsLike } from './facts.ts';
import { type Frame, frameOf, placesIn } from './frame.ts';
import { watch } from './watch.ts';

/** What is known of certificates that are alike, from the first of them. */
type Known = {
  readonly frame: Frame;
  readonly facts: Facts;
  /** Those that looked at what differs, and, with the detail, those that all such certificates break. */
  readonly rules: readonly { readonly rule: Rule; readonly detail?: string }[];
};
type Given = { readonly tbs: Uint8Array; readonly context: LintContext };

const none: readonly Broken[] = Object.freeze([]);
/** Kinds that are kept for an authority, the newest first. One takes two kilobytes; a cluster makes ten or so. */
const most = 16;
/** The longest of which is kept what is known: one with a hundred names has four kilobytes. */
const longest = 8192;
const kept = new WeakMap<Certificate, readonly Known[]>();

/**
 * The verdict of `judge`, sooner: what certificates of an authority have in common is judged with the first of them.
 * A rule that then looked at nothing else would find the same in each, so only the others are asked again.
 * @throws DerError
 */
export function judgeAlike(tbs: Uint8Array, context: LintContext): Judged {
  const { issuer } = context;
  if (issuer === undefined || issuer === 'self') return judge(tbs, context);
  const all = kept.get(issuer) ?? [];
  const judged = judgeAgain(all, { tbs, context });
  if (judged !== undefined) return judged;
  const first = judgeFirst({ tbs: new Uint8Array(tbs), context });
  if (first.known !== undefined) kept.set(issuer, [first.known, ...all.slice(0, most - 1)]);
  return first;
}

/** The verdict where something is known of certificates like this one. */
function judgeAgain(all: readonly Known[], given: Given): Judged | undefined {
  try {
    for (const known of all) {
      const facts = factsAgain(known, given);
      if (facts !== undefined) return { facts, broken: brokenOf(known.rules, facts) };
    }
  } catch (error) {
    // Who reads all of it says what is no DER in it.
    if (!(error instanceof DerError)) throw error;
  }
  return undefined;
}

/** @throws DerError */
function factsAgain({ frame, facts: of }: Known, { tbs, context }: Given): Facts | undefined {
  const places = placesIn(tbs, frame);
  // A key of a known kind is DER to its last byte, and so is what can be read as two times.
  if (places === undefined || keyKindOf(whole(tbs, places.publicKey)) !== of.keyKind) return undefined;
  checkField(tbs, places.serial);
  checkField(tbs, places.subject);
  return factsLike({ tbs, context, of }, places);
}

/** As `checkCanonical` does when it comes to a field. @throws DerError */
function checkField(tbs: Uint8Array, { start, end }: Element): void {
  checkElement(tbs, { at: start, limit: end, depth: 2 });
}

function brokenOf(rules: Known['rules'], facts: Facts): readonly Broken[] {
  let broken = none;
  for (const { rule, detail = rule.check(facts) } of rules) {
    if (detail !== undefined) broken = [...broken, { rule, detail }];
  }
  return broken;
}

/** @throws DerError */
function judgeFirst({ tbs, context }: Given): Judged & { readonly known?: Known } {
  const facts = readFacts(tbs, context);
  // An extension that stands twice, or that no template has, is for `judge` alone.
  const isUsual = facts.list.length === Object.keys(facts.by).length && facts.keyKind !== undefined;
  const frame = isUsual && tbs.length <= longest ? frameOf(tbs) : undefined;
  if (frame === undefined) return judge(tbs, context);
  const watched = watch(facts, commonFacts(facts));
  const broken: Broken[] = [];
  const rules: Known['rules'][number][] = [];
  for (const rule of lintRules) {
    const detail = rule.check(watched.facts);
    if (detail !== undefined) broken.push({ rule, detail });
    if (watched.noticed()) rules.push({ rule });
    else if (detail !== undefined) rules.push({ rule, detail });
  }
  return { facts, broken, known: { frame, facts, rules } };
}
