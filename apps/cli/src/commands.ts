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
      /** Whether the answer is no, or another exit code. */
      exit?: (data: Data) => boolean | number,
    ]
  >,
): Command {
  return {
    ...accepts,
    async run(args, { session, out }) {
      const [act, print, exit] = await load();
      const data = await act(args, session);
      print(data, out, args);
      const ended = exit?.(data) ?? false;
      if (typeof ended === 'number') return ended;
      return ended ? exitCodes.no : exitCodes.fine;
    },
  };
}

const config = ['config', 'no-config'] as const;

export const commands = {
  init: command({ options: ['file', 'from', 'from-kubeadm'], words: Number.POSITIVE_INFINITY }, async () => {
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
      options: [
        'file',
        ...config,
        'output',
        'json',
        'connections',
        'flags',
        'html',
        'format',
        'node',
        'authority-keys',
      ],
      words: 0,
    },
    async () => {
      const [{ plan }, { printPlan }] = await Promise.all([import('./commands/plan.ts'), import('./output/plan.ts')]);
      return [plan, printPlan] as const;
    },
  ),
  generate: command(
    {
      options: [
        'file',
        ...config,
        'output',
        'authority-keys',
        'dry-run',
        'discard-edits',
        'no-verify',
        'keep',
        'in-place',
        'json',
      ],
      words: 0,
    },
    async () => {
      const [{ generate }, { printGenerate }] = await Promise.all([
        import('./commands/generate.ts'),
        import('./output/generate.ts'),
      ]);
      return [generate, printGenerate] as const;
    },
  ),
  diff: command({ options: ['file', ...config, 'output', 'authority-keys', 'json'], words: 0 }, async () => {
    const [{ diff, wouldChange }, { printDiff }] = await Promise.all([
      import('./commands/diff.ts'),
      import('./output/diff.ts'),
    ]);
    return [diff, printDiff, wouldChange] as const;
  }),
  renew: command(
    {
      options: [
        'file',
        ...config,
        'output',
        'authority-keys',
        'keep-keys',
        'same-key',
        'dry-run',
        'discard-edits',
        'no-verify',
        'keep',
        'in-place',
        'json',
      ],
      words: Number.POSITIVE_INFINITY,
    },
    async () => {
      const [{ renew }, { printRenew }] = await Promise.all([
        import('./commands/renew.ts'),
        import('./output/renew.ts'),
      ]);
      return [renew, printRenew] as const;
    },
  ),
  adopt: command(
    {
      options: ['file', ...config, 'output', 'authority-keys', 'dry-run', 'no-verify', 'json'],
      words: Number.POSITIVE_INFINITY,
    },
    async () => {
      const [{ adopt }, { printAdopt }] = await Promise.all([
        import('./commands/adopt.ts'),
        import('./output/adopt.ts'),
      ]);
      return [adopt, printAdopt] as const;
    },
  ),
  verify: command({ options: [...config, 'output', 'authority-keys', 'all', 'json'], words: 1 }, async () => {
    const [{ isWrong, verify }, { printVerify }] = await Promise.all([
      import('./commands/verify.ts'),
      import('./output/verify.ts'),
    ]);
    return [verify, printVerify, isWrong] as const;
  }),
  report: command(
    { options: [...config, 'output', 'authority-keys', 'format', 'no-verify', 'all'], words: 1 },
    async () => {
      const [{ report }, { printReport }] = await Promise.all([
        import('./commands/report.ts'),
        import('./output/report.ts'),
      ]);
      return [report, printReport] as const;
    },
  ),
  status: command(
    {
      options: ['output', 'fail-under', 'metrics', 'all', 'fingerprints', 'json'],
      words: Number.POSITIVE_INFINITY,
    },
    async () => {
      const [{ status, statusExit }, { printStatus }] = await Promise.all([
        import('./commands/status.ts'),
        import('./output/status.ts'),
      ]);
      return [status, printStatus, statusExit] as const;
    },
  ),
  lint: command({ options: ['profile', 'json'], words: Number.POSITIVE_INFINITY }, async () => {
    const [{ hasErrors, lint }, { printLint }] = await Promise.all([
      import('./commands/lint.ts'),
      import('./output/lint.ts'),
    ]);
    return [lint, printLint, hasErrors] as const;
  }),
  export: command({ options: ['format', 'output', 'authority-keys'], words: Number.POSITIVE_INFINITY }, async () => {
    const [{ exportNodes }, { printExport }] = await Promise.all([
      import('./commands/export.ts'),
      import('./output/export.ts'),
    ]);
    return [exportNodes, printExport] as const;
  }),
  install: command(
    { options: ['node', 'output', 'authority-keys', 'root', 'dry-run', 'discard-edits', 'exec', 'json'], words: 1 },
    async () => {
      const [{ install, installExit }, { printInstall }] = await Promise.all([
        import('./commands/install.ts'),
        import('./output/install.ts'),
      ]);
      return [install, printInstall, installExit] as const;
    },
  ),
  log: command({ options: ['output', 'json'], words: 1 }, async () => {
    const [{ log }, { printLog }] = await Promise.all([import('./commands/log.ts'), import('./output/log.ts')]);
    return [log, printLog] as const;
  }),
  rollback: command({ options: ['output', 'in-place', 'discard-edits', 'json'], words: 1 }, async () => {
    const [{ rollback }, { printRollback }] = await Promise.all([
      import('./commands/rollback.ts'),
      import('./output/rollback.ts'),
    ]);
    return [rollback, printRollback] as const;
  }),
  completion: command({ options: [], words: 1 }, async () => {
    const [{ completion }, { printCompletion }] = await Promise.all([
      import('./commands/completion.ts'),
      import('./output/completion.ts'),
    ]);
    return [completion, printCompletion] as const;
  }),
};

export type CommandName = keyof typeof commands;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
