import {
  type AuthoritySpec,
  authorityOf,
  existingTree,
  type Found,
  isPublicAlone,
  type KeyPairSpec,
  keyFromPrivatePem,
  memoryTree,
  type Plan,
  type Problem,
  readAuthorityKey,
  refuse,
  type Spec,
  sameKey,
} from '@kubepki/core';
import { judgeAuthority } from './authority.ts';
import type { AdoptInput } from './input.ts';
import { judgeKeyPair } from './key-pair.ts';
import type { Pieces } from './pieces.ts';
import type { Verdict } from './verdict.ts';

/** The authorities and key pairs. All that is wrong with them is told at once. */
export async function judgeSources(input: AdoptInput, found: Pieces): Promise<readonly Verdict[]> {
  const { plan, now } = input;
  const problems: Problem[] = [];
  const verdicts: Verdict[] = [];
  for (const spec of plan.specs) {
    if ((spec.kind !== 'authority' && spec.kind !== 'keypair') || isPublicAlone(spec)) continue;
    const pieces = distinct(found.pieces.filter(({ id }) => id === spec.id));
    const given = await givenOf(spec, input);
    if (given !== undefined) {
      verdicts.push({ id: spec.id, found: given, where: [input.given?.[spec.name]?.where ?? ''], notes: [] });
      continue;
    }
    const judged =
      spec.kind === 'keypair' ? judgeKeyPair({ spec, pieces }) : judgeAuthority({ spec, pieces, plan, now });
    problems.push(...judged.problems);
    if (pieces.length === 0) problems.push(...neededBy(spec, { plan, found }));
    verdicts.push(withApartKey(judged.verdict, { spec, apart: input.apart }));
  }
  refuse('ADOPT_REFUSED', problems);
  return verdicts;
}

/** What is missing altogether is made anew only where nothing tells that there was one. */
function* neededBy(
  spec: AuthoritySpec | KeyPairSpec,
  { plan, found }: { readonly plan: Plan; readonly found: Pieces },
): Generator<Problem> {
  const needs = (leaf: Spec) =>
    leaf.kind === 'leaf' &&
    (spec.kind === 'authority' ? authorityOf(plan, leaf)?.id === spec.id : leaf.name === 'apiserver');
  const ids = new Set(plan.specs.filter(needs).map(({ id }) => id));
  const piece = found.pieces.find(({ id, part }) => part === 'certificate' && ids.has(id));
  if (piece === undefined) return;
  const hint =
    spec.kind === 'authority'
      ? 'give a folder that has its certificate; without it kubepki would make another authority'
      : 'give a folder that has sa.key and sa.pub in its pki; with others all tokens of service accounts would end';
  yield { where: piece.where, message: `${spec.id} is not there, and ${piece.id} needs it`, hint };
}

async function givenOf(spec: Spec, { plan, emitters, given = {}, apart }: AdoptInput): Promise<Found | undefined> {
  if (spec.kind !== 'authority' || given[spec.name] === undefined) return undefined;
  const output = memoryTree().view(plan);
  return await existingTree({ output, emitters, given, ...(apart === undefined ? {} : { apart }) }).find(spec);
}

/** An authority whose key is kept apart already. */
function withApartKey(
  verdict: Verdict,
  { spec, apart }: { readonly spec: Spec; readonly apart: string | undefined },
): Verdict {
  if (spec.kind !== 'authority' || verdict.found === undefined) return verdict;
  const { certificate, key: own } = verdict.found;
  if (certificate === undefined || own !== undefined) return verdict;
  const kept = apart === undefined ? undefined : readAuthorityKey(apart, spec.id);
  if (kept === undefined) return verdict;
  const key = keyFromPrivatePem(kept.text, kept.where);
  if (!sameKey(key, certificate)) return verdict;
  const notes = verdict.notes.filter(({ fault }) => fault !== 'missing');
  return { ...verdict, found: { certificate, key }, notes };
}

/** A file that means several things is read once. */
function distinct(pieces: Pieces['pieces']): Pieces['pieces'] {
  const seen = new Set<string>();
  return pieces.filter(({ where, part }) => {
    const key = `${part} ${where}`;
    return !seen.has(key) && seen.add(key);
  });
}
