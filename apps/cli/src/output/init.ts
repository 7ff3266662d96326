import type { Initialised } from '../commands/init.ts';
import { prefixed } from '../shell.ts';
import type { Out } from './out.ts';

export function printInit({ text, path }: Initialised, out: Out): void {
  out.print(path === undefined ? text.trimEnd() : written(path));
}

function written(path: string): string {
  const options = path === 'cluster.yaml' ? [] : ['-f', path];
  const commands = ['plan', 'generate'].map((command) => `  ${prefixed([command, ...options])}`);
  return [`wrote ${path}; edit it, then see what it means, then make it:`, ...commands].join('\n');
}
