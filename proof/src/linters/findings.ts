import type { ExecutionContext } from 'ava';
import { everything } from '../made.ts';
import { type Expected, expected, type Linted } from './expected.ts';

/** What a linter says of a certificate, be it an error or a warning. */
export type Finding = { readonly file: string; readonly rule: string; readonly said: string };

/** Every certificate of the small clusters: each kind, with each algorithm, in each profile. */
export function linted(): readonly Linted[] {
  return everything().small.flatMap(({ profile, authorities, subjects }) => [
    ...authorities.map(({ file, keys }) => ({ file, profile, keys, kind: 'authority' as const })),
    ...subjects.map(({ file, keys, usages }) => {
      const kind = usages.length > 1 ? ('both' as const) : (usages[0] ?? ('both' as const));
      return { file, profile, keys, kind };
    }),
  ]);
}

/** Fails where there is a finding that is not listed, or where one that is listed is not found. Logs counts. */
export function judge(t: ExecutionContext, linter: Expected['linter'], findings: readonly Finding[]): void {
  const certificates = linted();
  const byFile = new Map(certificates.map((one) => [one.file, one]));
  const lists = expected.filter((one) => one.linter === linter);
  const counts = new Map(lists.map((one) => [one, 0]));
  const unlisted: string[] = [];
  for (const finding of findings) {
    const one = byFile.get(finding.file);
    const list = lists.find((entry) => one !== undefined && matches(entry, finding, one));
    if (list === undefined) unlisted.push(`${finding.file}: ${finding.rule}: ${finding.said}`);
    else counts.set(list, (counts.get(list) ?? 0) + 1);
  }
  const faulty = new Set(findings.map(({ file }) => file));
  t.log(
    `${linter}: ${certificates.length} certificates, ${certificates.length - faulty.size} of them without a finding`,
  );
  for (const [{ rule }, count] of counts) t.log(`${String(count).padStart(5)} ${rule}`);
  t.deepEqual(unlisted.slice(0, 10), [], `${unlisted.length} findings are not listed`);
  t.deepEqual(
    lists.filter((list) => counts.get(list) === 0).map(({ rule }) => rule),
    [],
    'listed, but not found',
  );
}

function matches({ rule, said, where }: Expected, finding: Finding, one: Linted): boolean {
  return rule === finding.rule && (said?.test(finding.said) ?? true) && where(one);
}
