import type { ExecutionContext } from 'ava';
import { type Desk, one } from './program.ts';
import { listing, project, registry } from './project.ts';

/** The imports of the two plugins. */
export const plugins = "import { registry } from './registry.js';\nimport { listing } from './listing.js';\n";

/** A project with a cluster file, the two plugins and a config. */
export function withConfig(t: ExecutionContext, code: string, name = 'kubepki.config.mjs'): Desk {
  const own = project(t);
  own.write('registry.js', registry);
  own.write('listing.js', listing);
  own.write('cluster.yaml', one);
  own.write(name, code);
  return own;
}

/** The program refuses, says why, and changes nothing. */
export async function refused(t: ExecutionContext, own: Desk, { args = ['generate'], says, status = 65 }: Refusal) {
  const before = own.look();
  const done = await own.kubepki(args);
  t.deepEqual({ status: done.status, stdout: done.stdout }, { status, stdout: '' }, done.stderr);
  t.regex(done.stderr, says);
  t.regex(done.stderr, /^error: /);
  t.notRegex(done.stderr, /^ +at /m, 'a stack was printed');
  t.deepEqual(own.look(), before);
}
type Refusal = { readonly args?: readonly string[]; readonly says: RegExp; readonly status?: number };
