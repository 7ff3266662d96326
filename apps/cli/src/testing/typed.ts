import { type InProcess, inProcess, type Printed } from './in-process.ts';
import type { Desk } from './program.ts';

/**
 * Types a command on a desk, and runs it in this process, which spares the start of another. A process is in one folder
 * at a time, so tests that do this are serial.
 */
export async function typed({ cwd }: Pick<Desk, 'cwd'>, argv: readonly string[], as?: InProcess): Promise<Printed> {
  process.chdir(cwd);
  const printed = await inProcess(argv, as);
  if (/PRIVATE KEY/.test(printed.stdout + printed.stderr)) throw new Error('a private key was printed');
  return printed;
}
