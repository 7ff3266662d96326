import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node } from '../kubepki.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A block of a page: its language, and its text. */
export type Block = { readonly language: string; readonly text: string };

/** A page of the docs, or the blocks in the part of it under a heading. */
export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

export function blocksUnder(page: string, heading: string): readonly Block[] {
  const [, part = ''] = readPage(page).split(`\n## ${heading}\n`);
  const [own = ''] = part.split('\n## ');
  return [...own.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({ language, text }));
}

/**
 * Does what a page says, in a folder: runs commands, and writes cluster.yaml where one is shown. Its `ssh` reaches
 * folders below `hosts`, which stand for the machines' `/`: tars go there and come from there, `sed` works on what is
 * there, and nothing is restarted. Gives what was said to each machine.
 */
export function follow(blocks: readonly Block[], cwd: string): readonly string[] {
  const bin = join(cwd, 'bin');
  mkdirSync(bin, { recursive: true });
  const program = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url));
  script(bin, 'kubepki', `exec ${[...node, program].map((word) => `'${word}'`).join(' ')} "$@"`);
  script(
    bin,
    'ssh',
    `host='${cwd}'/hosts/\${1#root@}; shift; echo "$*" >>'${cwd}/said'
case "$*" in
  "tar -cC / "*) shift 3; exec tar -cC "$host" "$@" ;;
  "tar -xpC /") exec tar -xpC "$host" ;;
  "sed -i "*) sh -c "$(echo "\${*%% && *}" | sed "s| /etc| $host/etc|")" ;;
  "systemctl "*) ;;
  *) echo "nothing stands in for: $*" >&2; exit 1 ;;
esac`,
  );
  for (const { language, text } of blocks) {
    if (language === 'yaml') writeFileSync(join(cwd, 'cluster.yaml'), text);
    if (language !== 'sh') continue;
    const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
    const done = spawnSync('sh', ['-euc', text], { cwd, env, encoding: 'utf8' });
    if (done.status !== 0 || /^error: /m.test(done.stderr)) throw new Error(`${text}\n${done.stdout}${done.stderr}`);
  }
  return readFileSync(join(cwd, 'said'), 'utf8').trimEnd().split('\n');
}

/** How many commands there are, a line each. */
export function commandsIn(blocks: readonly Block[]): number {
  const lines = blocks.flatMap(({ language, text }) => (language === 'sh' ? text.trimEnd().split('\n') : []));
  return lines.length;
}

function script(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\nset -e\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}
