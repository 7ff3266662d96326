import type { CommandName } from './commands.ts';
import { exitCodes } from './exit.ts';
import type { Args } from './options.ts';
import type { Out } from './output/out.ts';
import type { Session } from './session.ts';

/** How a command is run and its result printed. Gives the exit code. */
type Action = (args: Args, context: { readonly session: Session; readonly out: Out }) => Promise<number>;

/** The code of a command is loaded when it is run. */
function action<Data>(
  load: () => Promise<
    readonly [
      act: (args: Args, session: Session) => Data | Promise<Data>,
      print: (data: Data, out: Out, args: Args) => void,
      /** Whether the answer is no, or another exit code. */
      exit?: (data: Data) => boolean | number,
    ]
  >,
): Action {
  return async (args, { session, out }) => {
    const [act, print, exit] = await load();
    const data = await act(args, session);
    print(data, out, args);
    const ended = exit?.(data) ?? false;
    if (typeof ended === 'number') return ended;
    return ended ? exitCodes.no : exitCodes.fine;
  };
}

export const actions: Readonly<Record<CommandName, Action>> = {
  init: action(async () => {
    const [{ init }, { printInit }] = await Promise.all([import('./commands/init.ts'), import('./output/init.ts')]);
    return [init, printInit] as const;
  }),
  schema: action(async () => {
    const [{ schema }, { printSchema }] = await Promise.all([
      import('./commands/schema.ts'),
      import('./output/schema.ts'),
    ]);
    return [schema, printSchema] as const;
  }),
  plan: action(async () => {
    const [{ plan }, { printPlan }] = await Promise.all([import('./commands/plan.ts'), import('./output/plan.ts')]);
    return [plan, printPlan] as const;
  }),
  generate: action(async () => {
    const [{ generate }, { printGenerate }] = await Promise.all([
      import('./commands/generate.ts'),
      import('./output/generate.ts'),
    ]);
    return [generate, printGenerate] as const;
  }),
  diff: action(async () => {
    const [{ diff, wouldChange }, { printDiff }] = await Promise.all([
      import('./commands/diff.ts'),
      import('./output/diff.ts'),
    ]);
    return [diff, printDiff, wouldChange] as const;
  }),
  renew: action(async () => {
    const [{ renew }, { printRenew }] = await Promise.all([import('./commands/renew.ts'), import('./output/renew.ts')]);
    return [renew, printRenew] as const;
  }),
  adopt: action(async () => {
    const [{ adopt }, { printAdopt }] = await Promise.all([import('./commands/adopt.ts'), import('./output/adopt.ts')]);
    return [adopt, printAdopt] as const;
  }),
  verify: action(async () => {
    const [{ isWrong, verify }, { printVerify }] = await Promise.all([
      import('./commands/verify.ts'),
      import('./output/verify.ts'),
    ]);
    return [verify, printVerify, isWrong] as const;
  }),
  report: action(async () => {
    const [{ report }, { printReport }] = await Promise.all([
      import('./commands/report.ts'),
      import('./output/report.ts'),
    ]);
    return [report, printReport] as const;
  }),
  status: action(async () => {
    const [{ status, statusExit }, { printStatus }] = await Promise.all([
      import('./commands/status.ts'),
      import('./output/status.ts'),
    ]);
    return [status, printStatus, statusExit] as const;
  }),
  lint: action(async () => {
    const [{ hasErrors, lint }, { printLint }] = await Promise.all([
      import('./commands/lint.ts'),
      import('./output/lint.ts'),
    ]);
    return [lint, printLint, hasErrors] as const;
  }),
  export: action(async () => {
    const [{ exportNodes }, { printExport }] = await Promise.all([
      import('./commands/export.ts'),
      import('./output/export.ts'),
    ]);
    return [exportNodes, printExport] as const;
  }),
  install: action(async () => {
    const [{ install, installExit }, { printInstall }] = await Promise.all([
      import('./commands/install.ts'),
      import('./output/install.ts'),
    ]);
    return [install, printInstall, installExit] as const;
  }),
  log: action(async () => {
    const [{ log }, { printLog }] = await Promise.all([import('./commands/log.ts'), import('./output/log.ts')]);
    return [log, printLog] as const;
  }),
  rollback: action(async () => {
    const [{ rollback }, { printRollback }] = await Promise.all([
      import('./commands/rollback.ts'),
      import('./output/rollback.ts'),
    ]);
    return [rollback, printRollback] as const;
  }),
  completion: action(async () => {
    const [{ completion }, { printCompletion }] = await Promise.all([
      import('./commands/completion.ts'),
      import('./output/completion.ts'),
    ]);
    return [completion, printCompletion] as const;
  }),
};
