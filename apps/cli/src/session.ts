import { Stopped } from './failure.ts';

/** What a command has of the world around it. */
export type Session = {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted with a `Stopped` by SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  now(): Date;
};

/** A signal to the whole group comes twice: by itself, and through npm. */
const echo = 500;

/** Aborts at the first signal that asks the process to stop. At a later one it ends at once. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = (by: Stopped['by']) => {
    if (first > 0 && Date.now() - first > echo) die(by);
    if (first > 0) return;
    first = Date.now();
    controller.abort(new Stopped(by));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGHUP', () => stop('SIGTERM'));
  return controller.signal;
}

/** Lets the process end by itself, with its exit code, once the keys that it was making are done, or else by the signal. */
export function dieSoon({ reason }: AbortSignal): void {
  if (reason instanceof Stopped) setTimeout(() => die(reason.by), 5000).unref();
}

/** Ends the process by a signal, as `process.exit` would still wait for the keys that are being made. */
function die(by: Stopped['by']): void {
  process.removeAllListeners(by);
  process.kill(process.pid, by);
}
