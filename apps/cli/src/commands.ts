import { exitCodes } from './exit.ts';
import type { Args, OptionName } from './options.ts';
import type { Out } from './output/out.ts';
import type { Session } from './session.ts';

/** A command: what it accepts, and how it is run and its result printed. The code is loaded when it is run. */
type Command = {
  readonly options: readonly OptionName[];
  /** How many words may follow it. */
  readonly words: number;
  /** Gives the exit code. */
  run(args: Args, context: { readonly session: Session; readonly out: Out }): Promise<number>;
};

function command<Data>(
  accepts: Pick<Command, 'options' | 'words'>,
  load: () => Promise<
    readonly [
      act: (args: Args, session: Session) => Data | Promise<Data>,
      print: (data: Data, out: Out, args: Args) => void,
      isNo?: (data: Data) => boolean,
    ]
  >,
): Command {
  return {
    ...accepts,
    async run(args, { session, out }) {
      const [act, print, isNo] = await load();
      const data = await act(args, session);
      print(data, out, args);
      return isNo?.(data) ? exitCodes.no : exitCodes.fine;
    },
  };
}

const config = ['config', 'no-config'] as const;

export const commands = {
  init: command({ options: ['file'], words: 1 }, async () => {
    const [{ init }, { printInit }] = await Promise.all([import('./commands/init.ts'), import('./output/init.ts')]);
    return [init, printInit] as const;
  }),
  schema: command({ options: config, words: 0 }, async () => {
    const [{ schema }, { printSchema }] = await Promise.all([
      import('./commands/schema.ts'),
      import('./output/schema.ts'),
    ]);
    return [schema, printSchema] as const;
  }),
  plan: command(
    {
      options: ['file', ...config, 'output', 'json', 'connections', 'flags', 'node', 'authority-keys'],
      words: 0,
    },
    async () => {
      const [{ plan }, { printPlan }] = await Promise.all([import('./commands/plan.ts'), import('./output/plan.ts')]);
      return [plan, printPlan] as const;
    },
  ),
  generate: command(
    { options: ['file', ...config, 'output', 'authority-keys', 'dry-run', 'no-verify', 'json'], words: 0 },
    async () => {
      const [{ generate }, { printGenerate }] = await Promise.all([
        import('./commands/generate.ts'),
        import('./output/generate.ts'),
      ]);
      return [generate, printGenerate] as const;
    },
  ),
  verify: command({ options: [...config, 'output', 'authority-keys', 'all', 'json'], words: 1 }, async () => {
    const [{ isWrong, verify }, { printVerify }] = await Promise.all([
      import('./commands/verify.ts'),
      import('./output/verify.ts'),
    ]);
    return [verify, printVerify, isWrong] as const;
  }),
  lint: command({ options: ['profile', 'json'], words: Number.POSITIVE_INFINITY }, async () => {
    const [{ hasErrors, lint }, { printLint }] = await Promise.all([
      import('./commands/lint.ts'),
      import('./output/lint.ts'),
    ]);
    return [lint, printLint, hasErrors] as const;
  }),
  export: command({ options: ['output', 'authority-keys'], words: Number.POSITIVE_INFINITY }, async () => {
    const [{ exportNodes }, { printExport }] = await Promise.all([
      import('./commands/export.ts'),
      import('./output/export.ts'),
    ]);
    return [exportNodes, printExport] as const;
  }),
};

export type CommandName = keyof typeof commands;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
