import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Entry } from '../file.ts';

/** The entries of a tree, in the order of writing. */
export type EntryLog = Iterable<Entry> & { readonly size: number; add(entry: Entry): void };

/** So many entries are half a megabyte of JSON, which takes milliseconds to compress. */
const many = 1000;

/** Remembers entries: those of a large tree compressed, since as objects they take a kilobyte each. */
export function entryLog(): EntryLog {
  const packed: Buffer[] = [];
  const last: Entry[] = [];
  return {
    get size() {
      return packed.length * many + last.length;
    },
    add(entry) {
      last.push(entry);
      if (last.length < many) return;
      packed.push(deflateRawSync(JSON.stringify(last), { level: 1 }));
      last.length = 0;
    },
    *[Symbol.iterator]() {
      for (const some of packed) yield* JSON.parse(inflateRawSync(some).toString()) as Entry[];
      yield* last;
    },
  };
}
