import { PkiError } from '@kubepki/core';
import { blame, said, withMessage } from './blame.ts';

/** The error for a config that could not be loaded. What a plugin refused in it keeps its code and its problems. */
export function configFailure(
  error: unknown,
  { where, hint }: { readonly where: string; readonly hint?: string },
): PkiError {
  if (error instanceof PkiError) return withMessage(error, `${where}: ${error.message}`);
  const what = `it failed while it was loaded: ${said(error)}`;
  return blame(
    what,
    { code: 'CONFIG_FAILED', who: `${where}:`, hint: hint ?? 'mend it, or take none with --no-config' },
    error,
  );
}
