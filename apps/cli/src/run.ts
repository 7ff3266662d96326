import { actions } from './actions.ts';
import { parseArguments } from './arguments.ts';
import { exitCodes } from './exit.ts';
import { failureOf, Stopped } from './failure.ts';
import { helpOf } from './help.ts';
import { printFailure } from './output/failure.ts';
import type { Out } from './output/out.ts';
import type { Session } from './session.ts';
import { version } from './version.ts';

/** Does what the arguments ask for and gives the exit code. */
export async function run(
  argv: readonly string[],
  { session, out }: { readonly session: Session; readonly out: Out },
): Promise<number> {
  const json = argv.includes('--json');
  try {
    const request = await parseArguments(argv, session.env);
    if (request.kind === 'version') out.print(version());
    else if (request.kind === 'help') out.print(helpOf(request.command));
    else return await actions[request.command](request.args, { session, out });
    return exitCodes.fine;
  } catch (error) {
    return end(error, { out, json, debug: session.env.KUBEPKI_DEBUG === '1' });
  }
}

/** Where the causes of an error happened. What they say is left out, since it may be of somebody else's code. */
function causesOf({ cause }: Error): string {
  if (!(cause instanceof Error)) return '';
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`\ncaused by ${cause.name}`, ...frames].join('\n') + causesOf(cause);
}

/** Says what ended the run, and gives the exit code. */
export function end(
  error: unknown,
  { out, json, debug }: { readonly out: Out; readonly json: boolean; readonly debug: boolean },
): number {
  if (error instanceof Stopped) {
    printFailure(
      {
        code: 'STOPPED',
        message: `stopped by ${error.by}; nothing was changed`,
        fault: 'system',
        hint: undefined,
        problems: [],
      },
      out,
      { json },
    );
    return exitCodes[error.by];
  }
  const failure = failureOf(error);
  const stack = debug && error instanceof Error ? `\n${error.stack}${causesOf(error)}` : '';
  if (failure === undefined) {
    const message = `this is a bug in kubepki: ${error instanceof Error ? error.message : String(error)}`;
    const hint = 'please report it with the command that you ran; KUBEPKI_DEBUG=1 shows where it happened';
    printFailure({ code: 'BUG', message: `${message}${stack}`, fault: 'system', hint, problems: [] }, out, { json });
    return exitCodes.bug;
  }
  printFailure(failure, out, { json });
  if (stack !== '') out.note(stack);
  return exitCodes[failure.fault];
}
