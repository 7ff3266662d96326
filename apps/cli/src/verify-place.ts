import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyProblem } from '@kubepki/verify';
import { shown } from './shell.ts';

/** Where others may write into the folders around a generation, they can put another in its place. */
export function placeProblems(folder: string): readonly VerifyProblem[] {
  return [folder, join(folder, 'generations')].flatMap((path): VerifyProblem[] => {
    const mode = lstatSync(path).mode & 0o777;
    if ((mode & 0o022) === 0) return [];
    const message = `others may write into it, and replace what is there: its mode is ${mode.toString(8).padStart(4, '0')}`;
    return [{ check: 'mode', where: shown(path), id: shown(path), message, hint: 'chmod go-w it' }];
  });
}
