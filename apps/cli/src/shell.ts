import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A command line of this program, as it works when it is typed where the person stands. */
export function prefixed(words: readonly string[]): string {
  return [...program(), ...words.map(quote)].join(' ');
}

/** A word as a POSIX shell reads it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path as the person would write it: from their folder where it lies in that, else in full. */
export function shown(path: string): string {
  const full = resolve(path);
  const way = relative('.', full);
  if (way === '') return '.';
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? (isAbsolute(path) ? full : path) : way;
}

/** How the program was called: through `npm start`, through npx, as a file that Node was given, or by its name. */
function program(): readonly string[] {
  const {
    KUBEPKI_VIA_NPM: npm,
    npm_command: command,
    npm_config_local_prefix: root,
    INIT_CWD: here = '.',
  } = process.env;
  const [, script = ''] = process.argv;
  if (npm === '1') {
    const outside = root !== undefined && shownFrom(here, root).startsWith('..');
    return ['npm', ...(outside ? ['--prefix', quote(root)] : []), 'start', '--silent', '--'];
  }
  if (command === 'exec' || script.includes(`${sep}node_modules${sep}.bin${sep}`)) return ['npx', 'kubepki'];
  return /\.m?js$/.test(script) ? ['node', quote(shown(script))] : ['kubepki'];
}

/** The way from the root of the workspace to a folder: `..` where that is not inside. */
function shownFrom(here: string, root: string): string {
  return relative(resolve(root), resolve(here));
}
