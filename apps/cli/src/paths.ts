import { join } from 'node:path';
import type { Args } from './options.ts';
import { shown } from './shell.ts';

/** A path of the current generation as the person would write it. */
export function currentPath({ output }: Pick<Args, 'output'>, path: string): string {
  return shown(join(output, 'current', path));
}
