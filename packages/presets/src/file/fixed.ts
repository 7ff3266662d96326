import type { Finding } from './problems.ts';
import type { Path } from './yaml.ts';

/** A field that a cluster file may not name, since code has fixed it, and where that stands. */
export type Fixed = { readonly path: Path; readonly by: string };

/** The fields of a file that are fixed in code. */
export function namedTwice(value: unknown, fixed: readonly Fixed[]): readonly Finding[] {
  return fixed
    .filter(({ path }) => isThere(value, path))
    .map(({ path, by }) => ({
      path,
      message: `it is fixed in code, by ${by}, and named here again`,
      hint: 'leave it out in one of the two places',
    }));
}

/** Findings without those at places that the others speak of already. */
export function without(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const places = new Set(others.map(({ path }) => JSON.stringify(path)));
  return findings.filter(({ path }) => !places.has(JSON.stringify(path)));
}

function isThere(value: unknown, [key, ...rest]: Path): boolean {
  if (key === undefined) return value !== undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
  return isThere((value as Record<PropertyKey, unknown>)[key], rest);
}
