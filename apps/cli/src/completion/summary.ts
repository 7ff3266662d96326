import type { CommandName } from '../commands.ts';
import { readHelp, type Term, termsOf } from '../help/read.ts';
import { helpOf } from '../help.ts';
import type { OptionName } from '../options.ts';

/** What a command does, in a few words, from the help of the program. */
export function commandSummary(command: string): string {
  return short(termsOf(readHelp(helpOf())).find(({ term }) => term.split(' ')[0] === command));
}

/** What an option does, in a few words: from the help of its command, or else from where it is explained. */
export function optionSummary(name: OptionName, command: CommandName | undefined): string {
  const own = termFor(name, command);
  const other = /^as for (\w+)$/.exec(own?.lines.join(' ') ?? '')?.[1] as CommandName | undefined;
  return short(
    (other === undefined ? own : termFor(name, other)) ?? termFor(name, undefined) ?? termFor(name, 'generate'),
  );
}

/** Whether the help of the program, or of a command, has a term for an option. */
export function isExplained(name: OptionName, command?: CommandName): boolean {
  return termFor(name, command) !== undefined;
}

function termFor(name: OptionName, command: CommandName | undefined): Term | undefined {
  const named = new RegExp(`(?:^|, )--${name}(?![\\w-])`);
  return termsOf(readHelp(helpOf(command))).find(({ term }) => named.test(term));
}

/** The first clause, without what stands in parentheses, and its beginning where it is longer than a terminal has room. */
function short(term: Term | undefined): string {
  const text = (term?.lines.join(' ') ?? '').replaceAll(/ ?\([^)]*\)/g, '');
  const [first = ''] = text.split(/[.;:](?: |$)/);
  // One word says less than what follows it.
  const clause = first.includes(' ') ? first : (text.split(/[.:](?: |$)/)[0] ?? '');
  return clause.length > 72 ? (clause.split(', ')[0] ?? '') : clause;
}
