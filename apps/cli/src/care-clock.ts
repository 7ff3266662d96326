import type { Problem } from '@kubepki/core';
import { day } from './output/words.ts';
import type { Result } from './result.ts';

/** Clocks of different machines may differ by so much, in milliseconds. */
const slack = 5 * 60_000;

/** What does not fit the clock: a generation of later, and authorities that end before what they sign now would. */
export function careOfClock(result: Result): readonly Problem[] {
  return [...early(result), ...endingAuthorities(result)];
}

/** A clock that went backwards hides what is due, and makes certificates that end too early. */
function* early({ before: { made, generation }, now }: Result): Generator<Problem> {
  if (made === undefined || made.getTime() <= now.getTime() + slack) return;
  yield {
    where: 'the clock',
    message: `it says ${now.toISOString()}, and generation ${generation} was made at ${made.toISOString()}`,
    hint: "set this machine's clock, before something is made or taken for good by it",
  };
}

function* endingAuthorities({ cluster: { plan, given }, book, now, survey }: Result): Generator<Problem> {
  const lives = plan.specs.flatMap((spec) => (spec.kind === 'leaf' ? [spec.validity] : []));
  // What kubeadm counts from now on, the other profiles count from the backdated beginning.
  const longest = lives.reduce((a, b) => Math.max(a, b), 0) - (plan.profile === 'kubeadm' ? 0 : plan.backdate);
  const made = new Set(survey.makes.map(({ id }) => id));
  for (const spec of plan.specs) {
    const end = book.notes.get(spec.id)?.notAfter;
    if (spec.kind !== 'authority' || end === undefined || made.has(spec.id)) continue;
    if (end.getTime() - now.getTime() >= longest * 1000) continue;
    yield {
      where: spec.id,
      message: `this authority ends on ${day(end)}, before what it signs now would`,
      hint:
        given[spec.name] === undefined
          ? `kubepki renew ${spec.name} --same-key gives it a new certificate, by which all that it signed stays good`
          : 'ask its owner for a new certificate of the same key',
    };
  }
}
