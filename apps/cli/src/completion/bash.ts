import { type CommandModel, type Model, type OptionModel, typedAs } from './model.ts';
import type { Takes } from './takes.ts';

/** A completion script for bash from 3.2 on; it needs no other package, and calls no program. */
export function bashScript({ commands, options, valued }: Model): string {
  return `# bash completion for kubepki

_kubepki() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' option='' word index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ -n $option ]]; then
      [[ $word == '=' ]] || option=''
      continue
    fi
    case $word in
      ${valued.flatMap(typedAs).join(' | ')}) option=$word ;;
      -* | '=') ;;
      *) [[ -n $command ]] || command=$word ;;
    esac
  done
  [[ $current != '=' ]] || current=''
  COMPREPLY=()
  case $option in
${valueCases(valued).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
      '') _kubepki_add -W '${optionWords(options)}' ;;
${commands.map(optionCase).join('\n')}
    esac
    return
  fi
  case $command in
    '') _kubepki_add -W '${commands.map(({ name }) => name).join(' ')}' ;;
${commands.flatMap(wordCase).join('\n')}
  esac
}

_kubepki_add() {
  local match
  while IFS='' read -r match; do COMPREPLY+=("$match"); done < <(compgen "$@" -- "$current")
}

_kubepki_paths() {
  compopt -o filenames 2> /dev/null
  _kubepki_add "$1"
}

complete -F _kubepki kubepki
`;
}

/** A line for all options that take the same. */
function valueCases(valued: readonly OptionModel[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const option of valued) {
    const call = callFor(option.takes);
    groups.set(call, [...(groups.get(call) ?? []), ...typedAs(option)]);
  }
  return [...groups].map(
    ([call, words]) => `    ${words.join(' | ')}) ${call === '' ? 'return' : `${call}; return`} ;;`,
  );
}

function optionCase({ name, options }: CommandModel): string {
  return `      ${name}) _kubepki_add -W '${optionWords(options)}' ;;`;
}

function wordCase({ name, takes }: CommandModel): readonly string[] {
  const call = callFor(takes);
  return call === '' ? [] : [`    ${name}) ${call} ;;`];
}

function callFor(takes: Takes | undefined): string {
  if (takes === undefined || takes === 'text') return '';
  if (takes === 'file') return '_kubepki_paths -f';
  if (takes === 'folder') return '_kubepki_paths -d';
  return `_kubepki_add -W '${takes.join(' ')}'`;
}

function optionWords(options: readonly OptionModel[]): string {
  return options.flatMap(typedAs).join(' ');
}
