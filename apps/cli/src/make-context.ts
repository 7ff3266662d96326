import type { Entry, Existing, Output, Renewal, Survey } from '@kubepki/core';
import type { LoadedCluster } from './cluster.ts';
import type { Args } from './options.ts';
import type { Session } from './session.ts';

/** A run of `generate` or `renew` that is about to begin. */
export type Context = {
  readonly cluster: LoadedCluster;
  readonly args: Args;
  readonly output: Output;
  readonly existing: Existing;
  /** The files whose edits are not kept. */
  readonly edits?: readonly Entry[];
  readonly found: Survey;
  /** What is made again though it fits. */
  readonly renewal?: Renewal;
  readonly now: Date;
  readonly session: Session;
};
