// Runs a program as if it were this one: signals reach it, and its end is told as a shell would tell it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

/** Spawns and calls `started` with the child; resolves to the exit code, 128 + n after a signal. */
export function run(command, args, options = {}, started = () => {}) {
  const child = spawn(command, args, options);
  // Ctrl-C reaches every process at a terminal by itself; a second SIGINT would read as "stop at once".
  const terminal = [0, 1, 2].some((fd) => isatty(fd));
  const sent = new Map();
  const forward = (signal) => {
    // A signal to the whole group comes twice: once by itself and once through npm.
    const again = Date.now() - (sent.get(signal) ?? 0) < 500;
    if (again || (signal === 'SIGINT' && terminal)) return;
    sent.set(signal, Date.now());
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  started(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    for (const signal of signals) process.off(signal, forward);
  });
}
