import { readFileSync } from 'node:fs';

/** A system call: its text, and which one of its name in its process it is, counted from 1. */
export type Call = {
  readonly name: string;
  readonly text: string;
  readonly count: number;
  /** Whether it did what it was asked for. */
  readonly done: boolean;
};

/** The calls that change what is on a disk, and those that open and close. */
const touching = [
  'openat,write,pwrite64,writev,fsync,fdatasync,close,ftruncate,fchmod,fchown,?syncfs,?sync',
  '?creat,?open,?rename,?renameat,?renameat2,?mkdir,?mkdirat,?symlink,?symlinkat,?link,?linkat',
  '?unlink,?unlinkat,?rmdir,?chmod,?fchmodat,?chown,?lchown,?fchownat,?truncate,?mknod,?mknodat',
].join();

/**
 * What runs a program under strace. Faults are injected by the number of a call of one name, and strace counts these by
 * thread: without `follow` it sees the main thread alone, which makes every call that touches a tree.
 */
export function strace({
  log,
  inject,
  follow = false,
  trace = touching,
  whole = false,
}: {
  readonly log: string;
  readonly inject?: string;
  readonly follow?: boolean;
  readonly trace?: string;
  /** Whether texts and environments are logged to their end. */
  readonly whole?: boolean;
}): readonly string[] {
  const injected = inject === undefined ? [] : ['-e', `inject=${inject}`];
  const length = whole ? ['-v', '-s', '100000'] : ['-s', '64'];
  return ['strace', '-y', ...length, ...(follow ? ['-f'] : []), '-o', log, '-e', `trace=${trace}`, ...injected];
}

/** The calls of a log, each where it ended. */
export function callsIn(log: string): readonly Call[] {
  const counts = new Map<string, number>();
  const waiting = new Map<string, string>();
  const calls: Call[] = [];
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const [, thread = '', rest = ''] = /^(?:(\d+) +)?(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (unfinished !== undefined && !line.includes('resumed>')) waiting.set(thread, unfinished);
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const text = resumed === undefined ? rest : `${waiting.get(thread) ?? ''}${resumed}`;
    const name = /^(\w+)\(/.exec(text)?.[1];
    if (name === undefined || (unfinished !== undefined && resumed === undefined)) continue;
    const count = (counts.get(`${thread} ${name}`) ?? 0) + 1;
    counts.set(`${thread} ${name}`, count);
    calls.push({ name, text, count, done: !/= (-1|\?)( |$)/.test(text) });
  }
  return calls;
}

/** The paths that a call names in quotes. */
export function named({ text }: Call): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => path);
}

/** The path behind the descriptor that a call is given. */
export function open({ text }: Call): string {
  return /^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? '';
}

export function isWrite({ name, text }: Call): boolean {
  return name !== 'close' && (name !== 'openat' || /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(text));
}

/** Whether a call has to do with something below a folder. */
export function isIn(folder: string): (call: Call) => boolean {
  return ({ text }) => text.includes(folder);
}
