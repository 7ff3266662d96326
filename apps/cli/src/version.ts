import { readFileSync } from 'node:fs';

/** Set where the program is bundled, and no package.json is where it is looked for here. */
declare const KUBEPKI_VERSION: string | undefined;

/** The version of this program, from its package.json. */
export function version(): string {
  if (typeof KUBEPKI_VERSION === 'string') return KUBEPKI_VERSION;
  const path = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Prints the version where nothing else is asked for. Scripts do that often, and need nothing else of the program. */
export function answersVersion({ argv, stdout }: Pick<NodeJS.Process, 'argv' | 'stdout'>): boolean {
  if (argv.length !== 3 || argv[2] !== '--version') return false;
  stdout.on('error', () => {}); // whoever asked is gone
  stdout.write(`${version()}\n`);
  return true;
}
