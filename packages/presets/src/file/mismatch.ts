import { nearest } from '@kubepki/core';
import type { z } from 'zod';
import { withFound } from './found.ts';
import { fieldsOf, schemasAt } from './known.ts';
import type { Path } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** The branch of a union that was meant: one whose kind of value fits, with the fewest issues. */
export function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter((issues) => !issues.some(isOfKind));
  return fitting.toSorted((a, b) => a.length - b.length)[0];
}

/** Whether an issue says that the value as a whole is of another kind. */
function isOfKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return bestBranch(issue.errors) === undefined;
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

/** A value of a kind that is not expected: what is, as one sentence. */
export function mismatch(
  issues: readonly Issue[],
  value: unknown,
  path: Path,
  schema: z.ZodType,
): { readonly message: string; readonly hint?: string | undefined } {
  const words = issues.flatMap(wordsOf);
  const expected = [...new Set([...words, ...issues.flatMap(kindsOf)])];
  if (value === undefined) {
    return { message: `missing: ${oneOf(expected)} is needed`, hint: descriptionOf(path, schema) };
  }
  const hint = hintForMismatch(value, { words, expected });
  return { message: withFound(`${oneOf(expected)} is expected`, value, path), hint };
}

function hintForMismatch(
  value: unknown,
  { words, expected }: { readonly words: readonly string[]; readonly expected: readonly string[] },
): string | undefined {
  if (value === null) return 'give it a value or leave out the line';
  if (typeof value !== 'string') {
    return typeof value !== 'object' && expected.includes(kinds.string) ? 'put it in quotes' : undefined;
  }
  const near = nearest(value, words);
  if (near !== undefined) return `did you mean ${near}?`;
  if (/^\d{1,15}$/.test(value) && (expected.includes(kinds.number) || expected.includes(kinds.int)))
    return 'leave out the quotes';
  if (!expected.includes('true')) return undefined;
  if (/^(yes|on)$/i.test(value)) return 'write true';
  return /^(no|off)$/i.test(value) ? 'write false' : undefined;
}

function descriptionOf(path: Path, schema: z.ZodType): string | undefined {
  const fields = schemasAt(schema, path.slice(0, -1)).map((one) => fieldsOf(one)[path.at(-1) ?? '']);
  return fields.find((field) => field?.description !== undefined)?.description;
}

/** The words that an issue would have allowed. */
function wordsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(wordsOf);
  return issue.code === 'invalid_value' ? issue.values.filter((word) => typeof word === 'string') : [];
}

/** The kinds of value that an issue would have allowed. */
function kindsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(kindsOf);
  if (issue.code !== 'invalid_type') return [];
  if (issue.expected === 'boolean') return ['true', 'false'];
  return [(kinds as Readonly<Record<string, string>>)[issue.expected] ?? issue.expected];
}

const kinds = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a map',
  record: 'a map',
} as const;

function oneOf(expected: readonly string[]): string {
  if (expected.length === 0) return 'another value';
  return expected.length === 1 ? `${expected[0]}` : `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`;
}
