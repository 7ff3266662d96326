import type { Verdict } from './attempt.ts';

/** Whether two verdicts say the same; groups have no order. */
export function isSame(one: Verdict, other: Verdict): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable(verdict: Verdict): readonly unknown[] {
  switch (verdict.as) {
    case 'user':
      return [verdict.as, verdict.name, [...new Set(verdict.groups)].sort(), verdict.vouches === true];
    case 'front-proxy':
      return [verdict.as, verdict.name];
    case 'anonymous':
      return [verdict.as];
    case 'refused':
      return [verdict.as, verdict.by, verdict.reason];
  }
}
