import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PkiError } from '../../error.ts';
import type { Entry, LinkFile } from '../file.ts';
import { type ApartFolder, apartFolder } from './apart.ts';
import { entryLog } from './entry-log.ts';
import { folderView } from './folder-view.ts';
import { manifestText, planText } from './manifest.ts';
import type { Output } from './output.ts';
import { checkLink, checkPath, manifestFile, planFile } from './path.ts';
import { sha256 } from './read.ts';
import { beginStaging, type Staging } from './staging.ts';
import { attemptAll } from './system.ts';
import type { Tree } from './tree.ts';

/** How many files are written before others, such as signals, have their turn. */
const turn = 50;
/** How many files are worth a program that stores them all at once. */
const many = 500;

/** Whose tree it is, and where and how its folders are made. */
export type StagedTreeOptions = {
  readonly cluster: string;
  /** A folder outside of the tree for the entries that are to be kept apart. */
  readonly apart?: string;
  /** The mode of a folder of the tree. Without it folders are the owner's alone, as the files at the top always are. */
  folderMode?(path: string): number;
};

/**
 * A tree that is written beside the current generation of an output folder, and takes its place as a whole
 * by `commit`. With the first file the folder is claimed; `abort` takes back all that was made.
 * The output is to be opened for writing, and is left open.
 */
export function stagedTree(output: Output, { cluster, apart, folderMode = () => 0o700 }: StagedTreeOptions): Tree {
  const keys = apart === undefined ? undefined : apartFolder(apart, output.folder);
  const undo: (() => void)[] = [];
  const files = entryLog();
  const links: LinkFile[] = [];
  let ended = false;
  let staging: Staging | undefined;
  let steps = 0;

  const stage = (): Staging => {
    if (ended) throw new PkiError('STOPPED', 'the run was stopped', { fault: 'system' });
    staging ??= beginStaging({ output, cluster, folderMode }, undo);
    return staging;
  };
  const step = async () => {
    steps += 1;
    if (steps % turn === 0) await setImmediate();
  };
  /** A file of the tree's own. */
  const writeOwn = (path: string, pieces: Iterable<string>) => ({
    path,
    mode: 0o600,
    sha256: stage().write({ path, mode: 0o600 }, pieces),
  });

  return {
    async write(file, text, entry) {
      checkPath(file.path);
      const { write } = stage();
      if (entry.apart) need(keys, file.path).write(text, entry, undo);
      files.add(entry.apart ? entry : { ...entry, mode: file.mode, sha256: write(file, [text]) });
      await step();
    },
    async link(file) {
      checkLink(file.path, file.link);
      stage().link(file.path, file.link);
      links.push(file);
      await step();
    },
    async keep(file, entry) {
      checkPath(file.path);
      const { write } = stage();
      const text = entry.apart ? '' : unchangedText(output, file.path);
      files.add(entry.apart ? entry : { ...entry, mode: file.mode, sha256: write(file, [text]) });
      await step();
    },
    current(path) {
      const entry = output.entries.get(path);
      return entry?.apart || output.has(path) ? entry : undefined;
    },
    view: (plan) =>
      folderView(stage().root, {
        plan,
        generation: output.next,
        entries: byPath(files),
        links: new Map(links.map(({ path, link }) => [path, link])),
      }),
    async commit({ plan, now, templates }) {
      const own = writeOwn(planFile, planText(plan));
      const made = now === undefined ? {} : { made: now.toISOString() };
      const asked = templates === undefined ? {} : { templates };
      const head = { version: 1, cluster, generation: output.next, ...made, plan: own.sha256, ...asked } as const;
      const last = writeOwn(manifestFile, manifestText({ ...head, files, links }));
      const stored = files.size > many && (await stage().flush());
      for (const some of [files, [own, last]]) {
        for (const file of some) {
          if (!('apart' in file)) stage().settle(file, stored);
          await step();
        }
      }
      if (!stored) for (const _ of stage().settleFolders()) await step();
      stage().publish(() => {
        ended = true;
      });
    },
    async abort() {
      if (ended) return;
      ended = true;
      attemptAll(undo.reverse());
    },
  };
}

function byPath(files: Iterable<Entry>): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const entry of files) entries.set(entry.path, entry);
  return entries;
}

/** The text of a file of the current generation, which is to be as it was written. */
function unchangedText(output: Output, path: string): string {
  const text = output.read(path);
  if (sha256(Buffer.from(text)) === output.entries.get(path)?.sha256) return text;
  throw new PkiError('FILE_CHANGED', `${join(output.folder, 'current', path)} was changed since kubepki wrote it`, {
    hint: 'bring back what was there, or remove the file to have it written anew',
  });
}

function need(keys: ApartFolder | undefined, path: string): ApartFolder {
  if (keys !== undefined) return keys;
  throw new PkiError('AUTHORITY_KEYS_FOLDER', `${path} is to be kept apart, and no folder is given for that`, {
    fault: 'usage',
    hint: "give the folder of the authorities' keys",
  });
}
