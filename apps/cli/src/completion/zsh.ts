import { type CommandModel, type Model, type OptionModel, typedAs } from './model.ts';
import type { Takes } from './takes.ts';

/** A completion script for zsh, to lie as `_kubepki` in a folder of `fpath`, or to be sourced. */
export function zshScript({ commands, options }: Model): string {
  return `#compdef kubepki
# zsh completion for kubepki

_kubepki() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  _arguments -C -S ${options.flatMap(optionArguments).join(' \\\n    ')} \\
    '1:command:->command' '*::argument:->argument' && return
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      curcontext=\${curcontext%:*:*}:kubepki-$line[1]:
      case $line[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _kubepki ]]; then
  _kubepki "$@"
else
  compdef _kubepki kubepki
fi
`;
}

function commandCase({ name, options, takes, many }: CommandModel): string {
  const words = takes === undefined ? [] : [quoted(`${many ? '*' : '1'}:${labelOf(takes)}:${actionFor(takes)}`)];
  const all = [...options.flatMap(optionArguments), ...words];
  return `        ${name})\n          _arguments -S ${all.join(' \\\n            ')}\n          ;;`;
}

/** An option as `_arguments` takes it; the ways to type it exclude each other. */
function optionArguments(option: OptionModel): readonly string[] {
  const { takes, repeats, summary } = option;
  const ways = typedAs(option);
  const once = repeats ? '*' : `(${ways.join(' ')})`;
  const value = takes === undefined ? '' : `:${labelOf(takes)}:${actionFor(takes)}`;
  return ways.map((way) => {
    const equals = takes !== undefined && way.startsWith('--') ? '=' : '';
    return quoted(`${once}${way}${equals}[${summary.replaceAll(/[[\]\\:]/g, String.raw`\$&`)}]${value}`);
  });
}

function labelOf(takes: Takes): string {
  return typeof takes === 'string' ? takes : 'value';
}

function actionFor(takes: Takes): string {
  if (takes === 'text') return ' ';
  if (takes === 'file') return '_files';
  if (takes === 'folder') return '_files -/';
  return `(${takes.join(' ')})`;
}

/** In single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
