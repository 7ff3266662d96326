import type { Template } from '../../sign/certificate.ts';
import type { LintContext } from '../../sign/lint/facts.ts';
import { changed, type TbsParts } from '../bad-tbs.ts';
import { goodTbs, root, selfTbs } from '../good-tbs.ts';

/** Bytes with one thing wrong, and the rule that says so. */
export type Row = {
  readonly rule: string;
  /** What is wrong, after "A certificate ". */
  readonly what: string;
  readonly tbs: () => Uint8Array;
  readonly context: LintContext;
  /** Rules that are broken along with it, since one cannot be without the other. */
  readonly along: readonly string[];
};

type Bad = {
  readonly template?: Template;
  /** Signs itself, where it is an authority. */
  readonly self?: true;
  readonly change?: (parts: TbsParts) => unknown;
  readonly context?: LintContext;
  readonly along?: readonly string[];
};

export function row(rule: string, what: string, { template, self, change = () => {}, context, along = [] }: Bad): Row {
  return {
    rule,
    what,
    tbs: () => changed(self ? selfTbs(template) : goodTbs(template), change),
    context: { issuer: self ? 'self' : root, ...context },
    along,
  };
}
