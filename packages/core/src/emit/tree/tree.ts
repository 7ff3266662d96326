import type { Plan } from '../../plan/plan.ts';
import type { ContentFile, Entry, LinkFile } from '../file.ts';

/** Something that lies in a tree, with its path from there; a link is a link. `.` is the tree's own folder. */
export type Lying = { readonly path: string } & (
  | { readonly kind: 'file'; readonly mode: number; text(): string }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'folder' | 'other'; readonly mode: number }
);

/** The reading half of a tree: one generation, what its manifest says, and what really lies there. */
export type TreeView = {
  readonly plan: Plan | undefined;
  /** The number of the generation; 0: there is none. */
  readonly generation: number;
  /** What the manifest says of each file and link, by path, in the order of writing. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly links: ReadonlyMap<string, string>;
  /** Whether a file that the manifest names is really there. */
  has(path: string): boolean;
  /** The text of a file that the manifest names. @throws PkiError where it cannot be read */
  read(path: string): string;
  /** SHA-256 over a file that the manifest names; undefined: it is not there. Without it, files are read for that. */
  hash?(path: string): string | undefined;
  /** All that lies there, named by the manifest or not; a folder before what is in it. */
  contents(): Iterable<Lying>;
};

/** A tree that files are pushed into. It becomes current as a whole by `commit`, or not at all. */
export type Tree = {
  write(file: ContentFile, text: string, entry: Entry): Promise<void>;
  link(file: LinkFile): Promise<void>;
  /** Takes over a file of the current generation as it is. */
  keep(file: ContentFile, entry: Entry): Promise<void>;
  /** What the current generation says about a path, if it is there. */
  current(path: string): Entry | undefined;
  /** What was pushed so far, as it lies there now. Only a tree that has it can be verified before its commit. */
  view?(plan: Plan): TreeView;
  /**
   * `now` is the instant of the run, and `templates` the hash of what the plan asks of certificates, where the tree
   * says when and by what it was made.
   */
  commit(summary: { readonly plan: Plan; readonly now?: Date; readonly templates?: string }): Promise<void>;
  /** Undoes what was not committed; after a commit it does nothing. */
  abort(): Promise<void>;
};
