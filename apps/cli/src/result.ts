import type { Output, Survey } from '@kubepki/core';
import type { Book } from './book.ts';
import type { LoadedCluster } from './cluster.ts';
import type { Args } from './options.ts';

/** What a run of `generate` did, for those who say what follows from it. */
export type Result = {
  readonly args: Args;
  readonly cluster: LoadedCluster;
  readonly survey: Survey;
  readonly book: Book;
  readonly now: Date;
  /** The output folder before the run. */
  readonly before: Pick<Output, 'plan' | 'entries' | 'folder' | 'generation' | 'made'>;
};

/** Something to do, with the commands for it as they can be typed. */
export type Step = { readonly what: string; readonly commands: readonly string[] };
