import type { Emitter, Layout, TreeView } from '@kubepki/core';
import type { FileProblem } from './problem.ts';

/** What the files of a tree are checked with. */
export type FilesInput = {
  readonly view: TreeView;
  /** They read files back, by their names. Files of others are checked by hash and mode alone. */
  readonly emitters: readonly Emitter[];
  /** Where the tree's files lie. Without it nothing is said of the modes of folders but that others must not write there. */
  readonly layout?: Layout | undefined;
  /** Of these, all options are known: with a layout their files are compared with those that the plan wants. */
  readonly exact?: readonly Emitter[];
  /** What was there before this run: it is not told that it is over, nor that it breaks a rule that may be younger. */
  readonly kept?: ReadonlySet<string>;
  /** Where authorities' keys are, if they have a folder of their own. */
  readonly authorityKeys?: string | undefined;
  readonly now?: Date;
  readonly signal?: AbortSignal | undefined;
  /** Called for each file. */
  step?(): void;
};

/** What was checked, and all that is wrong. */
export type FilesReport = {
  /** How many files were checked, and how many certificates are in them. */
  readonly files: number;
  readonly certificates: number;
  /** The authorities' keys that are not in the tree, by their authorities. */
  readonly keysAway: readonly string[];
  /** The leaves and authorities that are over, or have not begun, whether they were kept or not. */
  readonly outOfTime: readonly string[];
  /** How many files were checked by hash and mode alone, by the names of their emitters. */
  readonly unread: Readonly<Record<string, number>>;
  readonly problems: readonly FileProblem[];
};
