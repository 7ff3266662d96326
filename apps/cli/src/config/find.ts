import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import { shown } from '../shell.ts';

const endings = ['.ts', '.mts', '.js', '.mjs'] as const;
const names = endings.map((ending) => `kubepki.config${ending}`);

/**
 * The path of the config: the one that is named, or else one beside the cluster file or in the folder of the call;
 * undefined: there is none.
 * @throws AppError where the named one is not there, and where a folder has several
 */
export function findConfig({ file, config }: Pick<Args, 'file' | 'config'>): string | undefined {
  if (config === false) return undefined;
  if (config !== undefined) return named(config);
  const beside = file === undefined || file === '-' ? [] : [dirname(resolve(file))];
  for (const folder of new Set([...beside, resolve('.')])) {
    const [first, second] = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
    if (second !== undefined && first !== undefined) {
      throw new AppError('CONFIG_AMBIGUOUS', `there are two configs: ${shown(first)} and ${shown(second)}`, {
        fault: 'input',
        hint: 'remove one, or name one with --config FILE',
      });
    }
    if (first !== undefined) return first;
  }
  return undefined;
}

function named(path: string): string {
  if (!(endings as readonly string[]).includes(extname(path))) {
    throw usage(
      'CONFIG_NAME',
      `--config names a program in TypeScript or JavaScript (${endings.join(', ')}), and ${path} is none`,
      'the cluster file is named with -f',
    );
  }
  if (existsSync(path)) return resolve(path);
  throw new AppError('CONFIG_MISSING', `there is no config ${path}`, {
    fault: 'input',
    hint: 'without --config one is looked for beside the cluster file and here',
  });
}
