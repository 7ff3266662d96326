import type { Initialised } from '../commands/init.ts';
import type { Args } from '../options.ts';
import { prefixed } from '../shell.ts';
import { printWarnings } from './failure.ts';
import type { Out } from './out.ts';

export function printInit({ text, path, from, warnings }: Initialised, out: Out, args: Args): void {
  printWarnings(warnings, out);
  out.print(path === undefined ? text.trimEnd() : written(path, args.from === undefined ? undefined : from));
}

function written(path: string, adopts: readonly string[] | undefined): string {
  const options = path === 'cluster.yaml' ? [] : ['-f', path];
  const then = adopts === undefined ? ['plan', 'generate'] : ['plan', 'adopt'];
  const commands = then.map(
    (command) => `  ${prefixed([command, ...options, ...(command === 'adopt' ? (adopts ?? []) : [])])}`,
  );
  const last = adopts === undefined ? 'then make it' : 'then take the PKI over';
  return [`wrote ${path}; edit it, then see what it means, ${last}:`, ...commands].join('\n');
}
