import { dirname, join } from 'node:path';
import { type Call, named, open } from './strace.ts';

/** What of a run may come half, and what may be lost, where the power fails. */
export type NotStored = { readonly early: readonly string[]; readonly late: readonly string[] };

/**
 * What gets its name before its bytes are stored, and what is not stored when a run ends. By the calls alone, in their
 * order.
 */
export function notStored(calls: readonly Call[], root: string): NotStored {
  const files = new Set<string>();
  const folders = new Set<string>();
  const wrong: string[] = [];
  let journal = false; // one that is stored says what is to follow, in whatever order
  const inside = (path: string) => path === root || path.startsWith(`${root}/`);
  const below = (all: ReadonlySet<string>, path: string) =>
    [...all].filter((one) => one === path || one.startsWith(`${path}/`));
  const note = (set: Set<string>, path: string) => {
    if (inside(path)) set.add(path);
  };
  const forget = (path: string) => {
    for (const set of [files, folders]) for (const one of below(set, path)) set.delete(one);
  };
  const rename = (from: string, to: string) => {
    for (const one of [...below(files, from), ...below(folders, from)])
      wrong.push(`${to} gets its name before ${one} is stored`);
    if (links.has(from) && !journal) {
      const target = join(dirname(to), links.get(from) ?? '');
      if (folders.has(dirname(target))) wrong.push(`${to} leads to ${target} before that name is stored`);
      for (const one of [...below(files, target), ...below(folders, target)])
        wrong.push(`${to} leads to ${target} before ${one} is stored`);
    }
    forget(from);
    forget(to);
    note(folders, dirname(to));
    if (to.endsWith('/journal.json')) journal = true;
  };
  const links = new Map<string, string>();
  for (const call of calls) {
    if (!call.done) continue;
    const [first = '', second = ''] = named(call);
    switch (call.name) {
      case 'openat':
        if (!/O_CREAT/.test(call.text)) break;
        note(files, first);
        note(folders, dirname(first));
        break;
      case 'write':
      case 'pwrite64':
      case 'fchmod':
        note(files, open(call));
        break;
      case 'mkdir':
        note(folders, first);
        note(folders, dirname(first));
        break;
      case 'symlink':
        links.set(second, first);
        note(folders, dirname(second));
        break;
      case 'fsync':
      case 'fdatasync':
        files.delete(open(call));
        folders.delete(open(call));
        break;
      case 'syncfs':
      case 'sync':
        files.clear();
        folders.clear();
        break;
      case 'rename':
        rename(first, second);
        break;
      case 'unlink':
      case 'rmdir':
        forget(first);
        if (first.endsWith('/journal.json')) journal = false;
        break;
    }
  }
  return { early: wrong, late: [...files, ...folders].map((path) => `${path} is not stored when the run ends`) };
}
