import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';

/** The calls by which what is tested changes the disk, and those around them. */
const calls = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'fchmodSync',
  'fchownSync',
  'closeSync',
  'mkdirSync',
  'chmodSync',
  'symlinkSync',
  'renameSync',
  'unlinkSync',
  'rmdirSync',
  'rmSync',
] as const;
type Call = (typeof calls)[number];

/**
 * What happens at a call: it is made as it is, it fails with an error of the system, the process dies before it, or, for
 * a write, it says that it took everything, and took nothing.
 */
export type Fault = 'none' | 'dies' | 'lies' | 'ENOSPC' | 'EIO' | 'EMFILE' | 'EPERM';

/**
 * Runs an action while the file system fails at one call, counted from 0; a process that died makes no later
 * call either. Returns the names of the calls that were made. What is open at the end is closed, as a system does.
 */
export async function withFault(
  { at, fault }: { readonly at: number; readonly fault: Fault },
  action: () => unknown,
): Promise<readonly Call[]> {
  const real = Object.fromEntries(calls.map((call) => [call, fs[call]])) as Pick<typeof fs, Call>;
  const open = new Set<number>();
  const made: Call[] = [];
  for (const call of calls) {
    const original = real[call] as (...args: unknown[]) => unknown;
    const faulty = (...args: unknown[]) => {
      made.push(call);
      const index = made.length - 1;
      if (fault === 'dies' && index >= at) throw new Error('dead');
      if (fault === 'lies' && index === at && call === 'writeSync') return taken(args);
      const fails = fault !== 'none' && fault !== 'lies' && index === at;
      if (call === 'closeSync') open.delete(args[0] as number);
      if (!fails || call === 'closeSync') {
        const result = original(...args);
        if (call === 'openSync') open.add(result as number);
        if (!fails) return result;
      }
      throw systemError(fault, call);
    };
    Object.assign(fs, { [call]: faulty });
  }
  syncBuiltinESMExports();
  try {
    await action();
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
    for (const descriptor of open) fs.closeSync(descriptor);
  }
  return made;
}

/** Runs an action while a write takes half of the bytes at most. */
export async function withShortWrites(action: () => unknown): Promise<void> {
  const { writeSync } = fs;
  const short = (descriptor: number, bytes: Uint8Array, at = 0) =>
    writeSync(descriptor, bytes, at, Math.ceil((bytes.length - at) / 2));
  Object.assign(fs, { writeSync: short });
  syncBuiltinESMExports();
  try {
    await action();
  } finally {
    Object.assign(fs, { writeSync });
    syncBuiltinESMExports();
  }
}

/** The bytes that a write of a buffer, or of a part of it, was given. */
function taken([, bytes, at = 0, length]: readonly unknown[]): number {
  return (length as number | undefined) ?? (bytes as Uint8Array).length - (at as number);
}

function systemError(code: Fault, syscall: string): Error {
  const errno = -constants.errno[code as 'EIO'];
  return Object.assign(new Error(`${code}, ${syscall}`), { code, errno, syscall });
}
