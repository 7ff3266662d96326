import type { LinkFile, Owner } from '@kubepki/core';

/** A file that is to lie at a path, relative to the folder that is written into. */
export type WantedFile = {
  readonly path: string;
  readonly mode: number;
  /** SHA-256 over its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Whose it is to be; by default whoever runs this. */
  readonly owner?: Owner;
  /** Its text. It is asked for only where the file is written. */
  text(): string;
};

/** All that is to lie in a folder. */
export type Wanted = {
  readonly files: readonly WantedFile[];
  readonly links: readonly LinkFile[];
  /** The mode of a folder that is missing (relative to the folder that is written into). */
  folderMode(path: string): number;
};
