import type { Facts } from './facts.ts';

/** `error`: no certificate is signed that breaks it. `warning`: it works, and deserves a second look. */
export type Severity = 'error' | 'warning';

/** One thing that holds for a good certificate. Plain data but for its check. */
export type Rule = {
  readonly id: string;
  readonly severity: Severity;
  /** The document and its section. */
  readonly source: string;
  /** What holds, as a sentence. */
  readonly says: string;
  /** What to do where it does not, as a sentence. */
  readonly remedy: string;
  /** How a certificate breaks it, in a few words; undefined where it holds or does not apply. */
  check(facts: Facts): string | undefined;
};

/** A rule that a certificate breaks. */
export type Finding = {
  readonly rule: string;
  readonly severity: Severity;
  /** How, in a few words. */
  readonly detail: string;
  readonly remedy: string;
  /** Whether the profile does not keep the rule. */
  readonly waived: boolean;
};
