import { type CommandName, commands } from '../commands.ts';
import { type OptionName, options } from '../options.ts';
import { commandSummary, isExplained, optionSummary } from './summary.ts';
import { type Takes, takesOf, wordTakes } from './takes.ts';

/** What a shell is told of an option. */
export type OptionModel = {
  readonly name: OptionName;
  readonly short?: string;
  /** Its value; undefined: it has none. */
  readonly takes: Takes | undefined;
  readonly repeats: boolean;
  readonly summary: string;
};

/** What a shell is told of a command. */
export type CommandModel = {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionModel[];
  readonly takes: Takes | undefined;
  /** Whether several words may follow. */
  readonly many: boolean;
};

export type Model = {
  readonly commands: readonly CommandModel[];
  /** The options that may stand before a command. */
  readonly options: readonly OptionModel[];
  /** Every option that has a value. */
  readonly valued: readonly OptionModel[];
};

/** All that can be completed, from the same definitions by which arguments are read and help is given. */
export function completionModel(): Model {
  const names = Object.keys(commands) as CommandName[];
  const all = (Object.keys(options) as OptionName[]).map((name) => optionModel(name));
  const help: CommandModel = {
    name: 'help',
    summary: 'show the help of a command',
    options: [],
    takes: names,
    many: false,
  };
  return {
    commands: [...names.map(commandModel), help],
    options: all.filter(({ name }) => isExplained(name)),
    valued: all.filter(({ takes }) => takes !== undefined),
  };
}

/** The ways to type an option. */
export function typedAs({ name, short }: OptionModel): readonly string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

function commandModel(name: CommandName): CommandModel {
  const { options: own, words } = commands[name];
  return {
    name,
    summary: commandSummary(name),
    options: [...own, 'help' as const].map((each) => optionModel(each, name)),
    takes: wordTakes[name],
    many: words > 1,
  };
}

function optionModel(name: OptionName, command?: CommandName): OptionModel {
  const option = options[name];
  return {
    name,
    ...('short' in option ? { short: option.short } : {}),
    takes: takesOf(name),
    repeats: 'multiple' in option,
    summary: name === 'help' ? 'show the help' : optionSummary(name, command),
  };
}
