/** What lies at a path of an old PKI, a link being a link. */
export type Lying = { readonly kind: 'file' | 'folder' | 'other' } | { readonly kind: 'link'; readonly target: string };

/**
 * A folder or an archive with an old PKI, for reading alone. Paths have `/` between their names and none in front;
 * the empty one is the folder itself.
 */
export type OldFiles = {
  /** How messages call it. */
  readonly name: string;
  look(path: string): Lying | undefined;
  /** The names in a folder, sorted; none where there is no such folder. */
  names(path: string): readonly string[];
  /** The bytes of a file. @throws PkiError OLD_UNREADABLE */
  read(path: string): Uint8Array;
  /** A path as a person would point to it. */
  where(path: string): string;
  /** Where a file really lies, so that others can read it; undefined for one in an archive. */
  real(path: string): string | undefined;
};

/**
 * The most that is read: bytes of a file (the largest kubeconfig has some 20,000), bytes of an archive, and entries
 * in it or in a folder.
 */
export const limits = { file: 2 ** 20, archive: 64 * 2 ** 20, entries: 20_000 } as const;
