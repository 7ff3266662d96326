import type { Problem } from '@kubepki/core';

/** What was checked where something is wrong; stable, for machines. */
export type Check =
  /** A file or link that is not there, or another kind of thing in its place. */
  | 'missing'
  /** Something that the manifest does not name, or that the plan does not want. */
  | 'extra'
  /** The manifest and the plan do not say the same. */
  | 'manifest'
  /** The mode of a file or folder. */
  | 'mode'
  /** The bytes are not those that were written. */
  | 'changed'
  /** A file holds something else than it is to hold, or cannot be read back. */
  | 'content'
  /** A private key where none should be, or one that others can read. */
  | 'secret'
  /** A node has what it should not have. */
  | 'node'
  /** A file of trusted authorities that is not the planned bundle. */
  | 'trust'
  /** The certificate that a process signs with is not exactly one. */
  | 'signing'
  /** A key does not belong to its certificate, or is of another kind than planned. */
  | 'key'
  /** A certificate is not issued by the authority that the plan says. */
  | 'chain'
  /** A certificate is over, or has not begun. */
  | 'time'
  /** A certificate breaks a rule of lint. */
  | 'lint'
  /** A certificate is not as planned. */
  | 'plan'
  /** What a kubeconfig says. */
  | 'kubeconfig';

/** One thing that is wrong with a tree: `where` is a file's path from the generation's folder, or an id. */
export type FileProblem = Problem & { readonly check: Check } & (
    | { readonly file: string; readonly id?: never }
    | { readonly id: string; readonly file?: never }
  );

type Said = { readonly check: Check; readonly message: string; readonly hint?: string };

export function ofFile(file: string, said: Said): FileProblem {
  return { ...said, where: file, file };
}

export function ofId(id: string, said: Said): FileProblem {
  return { ...said, where: id, id };
}
