import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './workspace.ts';

/** Formats a page as `biome check` wants it, the declarations in it too. */
export function format(markdown: string): string {
  const biome = join(root, 'node_modules/.bin/biome');
  const options = { cwd: root, input: markdown, encoding: 'utf8' } as const;
  return execFileSync(biome, ['format', '--stdin-file-path=docs/reference/page.md'], options);
}
