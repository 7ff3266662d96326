import type { Problem } from '@kubepki/core';
import type { Failure } from '../failure.ts';
import { prefixed } from '../shell.ts';
import type { Out } from './out.ts';

/** Prints a failure: on stderr, and with --json as the one document on stdout. */
export function printFailure(
  { code, message, hint, problems }: Failure,
  out: Out,
  { json }: { readonly json: boolean },
): void {
  if (json) out.json({ error: { code, message, hint: hint ?? null, problems } });
  out.note(`${out.noteStyle('red', 'error:')} ${message}`);
  if (problems.length > 1 || (problems[0] !== undefined && !message.includes(problems[0].message))) {
    for (const line of problemLines(problems)) out.note(line);
  }
  if (hint !== undefined) out.note(`${out.noteStyle('dim', 'hint:')} ${asTyped(hint)}`);
}

/** Prints what is allowed and deserves a second look. */
export function printWarnings(warnings: readonly Problem[], out: Out): void {
  for (const { where, message, hint, line } of warnings) {
    out.note(
      `${out.noteStyle('yellow', 'warning:')} ${line === undefined ? '' : `line ${line}: `}${where}: ${message}`,
    );
    if (hint !== undefined) out.note(`  ${asTyped(hint)}`);
  }
}

/** Problems as lines: where, what, and what to do. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.flatMap(({ where, message, hint, line }) => [
    `  ${line === undefined ? '' : `line ${line}: `}${where}: ${message}`,
    ...(hint === undefined ? [] : [`    ${asTyped(hint)}`]),
  ]);
}

/** A hint with this program's commands as they work where the person stands. */
function asTyped(hint: string): string {
  return hint.replace(
    /\bkubepki (?=(init|schema|plan|generate|diff|status|renew|adopt|verify|lint|export|install|log|rollback|--help)\b)/g,
    () => `${prefixed([])} `,
  );
}
