import { exitCodes } from '../exit.ts';

/**
 * Nobody reads on (EPIPE, as with `kubepki plan | head`): what is left is dropped and the run goes on. That
 * stdout cannot be written for another reason ends the run as a failure of the system.
 */
export function watchStreams({
  stdout,
  stderr,
}: {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}): void {
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    stderr.write(`error: stdout cannot be written (${error.code})\n`);
    process.exit(exitCodes.system);
  });
}
