import type { CommandModel, Model, OptionModel } from './model.ts';
import { typedAs } from './model.ts';
import type { Takes } from './takes.ts';

/** A completion script for fish, to lie as `kubepki.fish` in a folder of `fish_complete_path`. */
export function fishScript({ commands, options, valued }: Model): string {
  return `# fish completion for kubepki

# Whether the command that is typed is the given one; without an argument: whether there is none yet.
function __kubepki_command
  set -l words (commandline -opc)
  set -l skip no
  for word in $words[2..-1]
    if test $skip = yes
      set skip no
      continue
    end
    switch $word
      case ${valued.flatMap(typedAs).join(' ')}
        set skip yes
      case '-*'
      case '*'
        test "$word" = "$argv[1]"
        return
    end
  end
  test -z "$argv[1]"
end

complete -c kubepki -f
${[
  ...options.map((option) => optionLine(option, '__kubepki_command')),
  ...commands.map(({ name, summary }) => `complete -c kubepki -n __kubepki_command -a ${name} -d ${quoted(summary)}`),
  ...commands.flatMap(commandLines),
].join('\n')}
`;
}

function commandLines({ name, options, takes }: CommandModel): readonly string[] {
  const when = `'__kubepki_command ${name}'`;
  const words = takes === undefined || takes === 'text' ? [] : [`complete -c kubepki -n ${when} ${argument(takes)}`];
  return [...options.map((option) => optionLine(option, when)), ...words];
}

function optionLine({ name, short, takes, summary }: OptionModel, when: string): string {
  const ways = `${short === undefined ? '' : `-s ${short} `}-l ${name}`;
  const value = takes === undefined ? '' : ` -r ${argument(takes)}`;
  return `complete -c kubepki -n ${when} ${ways}${value} -d ${quoted(summary)}`;
}

function argument(takes: Takes): string {
  if (takes === 'text') return '-f';
  if (takes === 'file') return '-F';
  if (takes === 'folder') return "-f -a '(__fish_complete_directories)'";
  return `-f -a '${takes.join(' ')}'`;
}

/** In single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}
