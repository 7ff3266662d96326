import { nearest, type Problem } from '@kubepki/core';
import type { z } from 'zod';
import { formatPath, withFound } from './found.ts';
import { fieldsOf, knownFields } from './known.ts';
import { bestBranch, mismatch } from './mismatch.ts';
import type { Path, Yaml } from './yaml.ts';

/** Something that is wrong in a file, before it is known where the file has it. */
export type Finding = { readonly path: Path; readonly message: string; readonly hint?: string | undefined };

type Issue = z.core.$ZodIssue;

/** The most problems that one error lists. */
const most = 100;

const unknown = 'an unknown field';
const last = Number.MAX_SAFE_INTEGER;

/** Findings as problems, with their lines, in the order of the file. */
export function problemsOf(findings: readonly Finding[], yaml: Yaml): readonly Problem[] {
  const problems = findings.map(({ path, message, hint }): Problem => {
    const line = yaml.line(path);
    const where = formatPath(path) || 'the file';
    return { where, message, ...(hint !== undefined && { hint }), ...(line !== undefined && { line }) };
  });
  const sorted = problems.toSorted((a, b) => (a.line ?? last) - (b.line ?? last));
  const rest = sorted.length - most;
  return rest > 0 ? [...sorted.slice(0, most), { where: 'the file', message: `${rest} more problems` }] : sorted;
}

/** What a schema found wrong with a value, in the words of a cluster file. */
export function findingsOf(
  issues: readonly Issue[],
  { schema, value }: { readonly schema: z.ZodType; readonly value: unknown },
): readonly Finding[] {
  const found = issues.flatMap((issue) => findings(issue, [], { schema, value }));
  // What is of a wrong kind has a wrong size too; the first finding at a place says what it is.
  return [
    ...new Map(found.toReversed().map((finding) => [JSON.stringify(finding.path), finding])).values(),
  ].toReversed();
}

type Context = { readonly schema: z.ZodType; readonly value: unknown };

function findings(issue: Issue, base: Path, context: Context): readonly Finding[] {
  const path = [...base, ...issue.path];
  const value = valueAt(context.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      // What is not listed needs no hint, and one is looked for among all fields.
      return issue.keys.map((key, index) =>
        index < most ? unknownField(key, path, context) : { path: [...path, key], message: unknown },
      );
    case 'invalid_union': {
      const best = bestBranch(issue.errors);
      if (best !== undefined) return best.flatMap((inner) => findings(inner, path, context));
      return [{ path, ...mismatch(issue.errors.flat(), value, path, context.schema) }];
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({ path, message: inner.message, hint: hintOf(inner) }));
    case 'invalid_type':
    case 'invalid_value':
      return [{ path, ...mismatch([issue], value, path, context.schema) }];
    case 'too_small':
    case 'too_big':
      return [{ path, message: withFound(sizeOf(issue), value, path) }];
    default: {
      const message = issue.message.startsWith('Invalid') ? 'not in the form that is expected here' : issue.message;
      return [{ path, message: withFound(message, value, path), hint: hintOf(issue) }];
    }
  }
}

function unknownField(key: string, path: Path, context: Context): Finding {
  return { path: [...path, key], message: unknown, hint: hintForUnknown(key, path, context) };
}

function hintForUnknown(key: string, path: Path, { schema }: Context): string | undefined {
  const known = knownFields(schema, path);
  const near = nearest(key, known);
  if (near !== undefined) return `did you mean ${near}?`;
  const sections =
    path.length === 0
      ? Object.keys(fieldsOf(schema)).filter((field) => knownFields(schema, [field]).includes(key))
      : [];
  if (sections.length > 0) return `it belongs under ${sections.join(': or ')}:`;
  if (path.length > 0 && knownFields(schema, []).includes(key)) return 'it belongs at the left edge of the file';
  return known.length > 0 ? `known here: ${known.slice(0, 20).join(', ')}` : undefined;
}

function sizeOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [words, count] =
    issue.code === 'too_small' ? (['at least', issue.minimum] as const) : (['at most', issue.maximum] as const);
  if (issue.origin === 'array') return `${words} ${count} ${count === 1 ? 'entry' : 'entries'} expected`;
  if (issue.origin === 'string') return count === 1 ? 'an empty text' : `${words} ${count} characters expected`;
  return `${words} ${count} expected`;
}

function hintOf(issue: Issue): string | undefined {
  const hint: unknown = issue.code === 'custom' ? issue.params?.hint : undefined;
  return typeof hint === 'string' ? hint : undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
