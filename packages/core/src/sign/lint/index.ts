export type { LintContext } from './facts.ts';
export { lintCertificate, lintTbs } from './lint.ts';
export type { Finding, Rule, Severity } from './rule.ts';
export { lintRules, rulesBySubject } from './rules/index.ts';
export { type Waiver, waivers } from './waivers.ts';
