import { PkiError, type Problem } from '../error.ts';

/** The error for authorities that must sign while their keys are not at hand. */
export function keyMissing(names: readonly string[], problems: readonly Problem[] = []): PkiError {
  return new PkiError('AUTHORITY_KEY_MISSING', `the key of ${names.join(' and ')} is not at hand, and it must sign`, {
    hint: 'bring the key back to where it was, or name the folder that holds it with --authority-keys DIR',
    problems,
  });
}
