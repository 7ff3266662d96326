import { type CommandName, commands } from '../commands.ts';
import { type Block, readHelp, type Term } from '../help/read.ts';
import { helpOf } from '../help.ts';
import { asTyped, callLine, escaped, item, paragraph, textLine } from './roff.ts';

/** What the program reads of the environment. */
const environment: readonly Term[] = [
  { term: 'KUBEPKI_AUTHORITY_KEYS', lines: ["The folder of the authorities' keys, as by --authority-keys."] },
  { term: 'KUBEPKI_DEBUG', lines: ['With 1 an error shows where in the code it happened.'] },
  { term: 'NO_COLOR', lines: ['Where it is set and not empty, nothing is coloured.'] },
];

/** The manual page of the program (man(7)), made of what it says itself by `--help`. */
export function manualPage(version: string): string {
  const { usage, blocks } = readHelp(helpOf());
  const [list, options] = blocks.filter(({ kind }) => kind === 'terms');
  const section = (title: string) =>
    blocks.find((block) => block.kind === 'section' && block.title === title) as Section | undefined;
  const about = usage[0] ?? '';
  const lines = [
    // No date, so that a version has one page.
    `.TH KUBEPKI 1 "" "kubepki ${escaped(version)}" "User Commands"`,
    '.nh',
    '.ad l',
    '.SH NAME',
    `kubepki \\- ${escaped(about.replace(/^kubepki /, '').replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...(section('usage')?.lines.map(callLine) ?? []),
    '.SH DESCRIPTION',
    escaped(about),
    ...rendered(list),
    '.SH OPTIONS',
    ...rendered(options),
    '.SH COMMANDS',
    ...(Object.keys(commands) as CommandName[]).flatMap(commandPart),
    '.SH ENVIRONMENT',
    ...environment.flatMap(item),
    '.SH EXIT STATUS',
    ...(section('exit codes')?.lines.map(textLine) ?? []),
    '.SH EXAMPLES',
    ...asTyped(section('examples')?.lines ?? []),
  ];
  return `${lines.join('\n')}\n`;
}

type Section = Extract<Block, { kind: 'section' }>;

function commandPart(name: CommandName): readonly string[] {
  const { usage, blocks } = readHelp(helpOf(name));
  const calls = usage.flatMap((call, index) => [...(index > 0 ? ['.br'] : []), callLine(call)]);
  return [`.SS ${name}`, ...calls, ...blocks.flatMap(rendered)];
}

function rendered(block: Block | undefined): readonly string[] {
  switch (block?.kind) {
    case undefined:
      return [];
    case 'terms':
      return block.terms.flatMap(item);
    case 'prose':
      return paragraph(block.lines);
    case 'verbatim':
      return ['.PP', ...asTyped(block.lines)];
    case 'section':
      return [...paragraph([block.lines.length === 1 ? 'Example:' : 'Examples:']), '.PP', ...asTyped(block.lines)];
  }
}
