import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shell } from '../completion/takes.ts';

const capture = fileURLToPath(new URL('capture.zsh', import.meta.url));

/** Whether a program is there to be run. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** What a shell that has the script offers for the last word of each line, sorted and without what it adds to a path. */
export function complete(
  shell: Shell,
  { script, cwd, lines }: { readonly script: string; readonly cwd: string; readonly lines: readonly string[] },
): readonly (readonly string[])[] {
  return runners[shell]({ script: join(cwd, script), cwd, lines }).map((offers) =>
    [
      ...new Set(
        offers.map((offer) =>
          offer
            .replace(/^--[\w-]+=/, '')
            .replaceAll('\\', '')
            .replace(/\/$/, ''),
        ),
      ),
    ].sort(),
  );
}

type Input = { readonly script: string; readonly cwd: string; readonly lines: readonly string[] };

const runners: Readonly<Record<Shell, (input: Input) => readonly (readonly string[])[]>> = {
  bash: ({ script, cwd, lines }) =>
    lines.map((line) => {
      // As readline parts a line by COMP_WORDBREAKS.
      const words = line.split(/ |(=)/).filter((word) => word !== undefined);
      const typed = words.length > 1 && words.at(-2) === '=' && words.at(-1) === '' ? words.slice(0, -1) : words;
      const code = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kubepki; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return run(['bash', '--norc', '-c', code, 'bash', script, ...typed], cwd);
    }),
  zsh: ({ script, cwd, lines }) => {
    const all = run(['zsh', '-f', capture, script, ...lines], cwd);
    return all.join('\n').split(/^==$/m).slice(0, -1).map(linesOf);
  },
  fish: ({ script, cwd, lines }) => {
    const code = `source $argv[1]; for line in $argv[2..-1]; complete -C $line; echo ==; end`;
    const all = run(['fish', '--no-config', '-c', code, script, ...lines], cwd);
    const parts = all.join('\n').split(/^==$/m).slice(0, -1);
    return parts.map((part) => linesOf(part).map((line) => line.split('\t')[0] ?? ''));
  },
};

function run([command = '', ...args]: readonly string[], cwd: string): readonly string[] {
  const { stdout, stderr, status, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0 || stderr !== '') throw new Error(`${command} ended with ${status}: ${stderr}`, { cause: error });
  return linesOf(stdout);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
