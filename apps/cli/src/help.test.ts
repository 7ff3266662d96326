import test from 'ava';
import { parseArguments } from './arguments.ts';
import { type CommandName, commands } from './commands.ts';
import { readHelp, termsOf } from './help/read.ts';
import { helpOf } from './help.ts';
import { type OptionName, options } from './options.ts';

const names = Object.keys(commands) as CommandName[];

function examplesOf(command?: CommandName): readonly string[] {
  return readHelp(helpOf(command)).blocks.flatMap((block) =>
    block.kind === 'section' && block.title.startsWith('example') ? block.lines : [],
  );
}

test('The help of the program lists every command', (t) => {
  const listed = termsOf(readHelp(helpOf())).map(({ term }) => term.split(' ')[0]);
  t.deepEqual(
    listed.filter((word) => !word?.startsWith('-')),
    names,
  );
});

test('The help of every command has examples, and each of them is understood', async (t) => {
  for (const name of [undefined, ...names]) {
    const calls = examplesOf(name).flatMap((line) => /\bkubepki (?!-- )([^|<>)]*)/.exec(line)?.[1] ?? []);
    t.true(calls.length > 0, name);
    for (const call of calls) {
      const { kind } = await parseArguments(call.trim().split(' '), {});
      t.is(kind, 'run', call);
    }
    if (name !== undefined)
      t.true(
        calls.some((call) => call.startsWith(name)),
        name,
      );
  }
});

test('The help of a command speaks of the options that it has, and of no other', (t) => {
  for (const name of names) {
    const { usage } = readHelp(helpOf(name));
    const terms = termsOf(readHelp(helpOf(name))).map(({ term }) => term);
    const said = new Set([...usage, ...terms].flatMap((text) => text.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []));
    for (const option of said)
      t.true(
        commands[name].options.some((own) => typed(own).includes(option)),
        `${name} ${option}`,
      );
  }
});

function typed(name: OptionName): readonly string[] {
  const option = options[name];
  return [`--${name}`, ...('short' in option ? [`-${option.short}`] : [])];
}
