import { type Certificate, type Entry, nodeOf, parseCertificates } from '@kubepki/core';
import { checkFile } from './check-file.ts';
import { checkKubeconfig, type Reach } from './check-kubeconfig.ts';
import { checkEntry } from './check-manifest.ts';
import { checkNode } from './check-node.ts';
import type { Context } from './context.ts';
import { addHeld, type Found } from './found.ts';
import type { Parse } from './held.ts';
import { type FileProblem, ofFile } from './problem.ts';
import { readBack } from './read-file.ts';

/** What is known of a node's credentials, and of those that all share. */
export type Books = {
  readonly own: Map<string, Found>;
  readonly shared: Map<string, Found>;
  find(id: string): Found | undefined;
};

/** What was read so far. */
export type Tally = { files: number; readonly keysAway: Set<string>; readonly unread: Record<string, number> };

export type FileReader = {
  readonly tally: Tally;
  /** Checks a file, and adds what it holds to the books. */
  read(entry: Entry, books: Books): Generator<FileProblem>;
};

/** Reads the files of a tree one by one. `see` is told which server a kubeconfig names. */
export function fileReader(context: Context, see: (reach: Reach) => void): FileReader {
  const tally: Tally = { files: 0, keysAway: new Set(), unread: {} };
  const parse = parser();
  return {
    tally,
    *read(entry, { own, shared, find }) {
      const away = keysAway(entry, context);
      for (const id of away) tally.keysAway.add(id);
      if (entry.apart && context.lying.has(entry.path)) yield notApart(entry);
      if (away.length > 0) return;
      tally.files += 1;
      yield* checkEntry(entry, context);
      yield* checkNode(entry, context);
      const { text, problems } = checkFile(entry, context);
      yield* problems;
      if (text === undefined) return;
      const back = readBack(text, { entry, context, parse });
      if (!back.read) tally.unread[entry.emitter] = (tally.unread[entry.emitter] ?? 0) + 1;
      yield* back.problems;
      const into = (id: string) => (isShared(id, context) ? shared : own);
      yield* addHeld(back.held, into);
      const reach = yield* checkKubeconfig(text, { entry, held: back.held, context, parse, find });
      if (reach !== undefined) see(reach);
    },
  };
}

/** The authorities whose keys a file is to hold and does not, for they are kept apart or were taken away. */
function keysAway({ apart, holds }: Entry, { specs, sources, lying }: Context): readonly string[] {
  if (apart) return holds.map(({ id }) => id);
  const all = holds.every(({ id, part }) => {
    const source = sources.get(`key ${id}`);
    return part === 'key' && specs.get(id)?.kind === 'authority' && source !== undefined && !lying.has(source);
  });
  return all ? holds.map(({ id }) => id) : [];
}

function notApart({ path }: Entry): FileProblem {
  const message = 'the key that it is to hold is kept apart, and there is a file all the same';
  return ofFile(path, { check: 'extra', message, hint: 'remove it' });
}

function isShared(id: string, { specs }: Context): boolean {
  const spec = specs.get(id);
  return spec === undefined || nodeOf(spec) === undefined;
}

/** So many texts are remembered: those of authorities, which come first and of which each node has copies. */
const most = 200;

function parser(): Parse {
  const known = new Map<string, readonly Certificate[]>();
  return (pem, where) => {
    const found = known.get(pem) ?? parseCertificates(pem, where);
    if (known.size < most) known.set(pem, found);
    return found;
  };
}
