import type { Existing, Output, Survey } from '@kubepki/core';
import type { LoadedCluster } from './cluster.ts';
import type { Args } from './options.ts';
import type { Session } from './session.ts';

/** A run of `generate` that is about to begin. */
export type Context = {
  readonly cluster: LoadedCluster;
  readonly args: Args;
  readonly output: Output;
  readonly existing: Existing;
  readonly found: Survey;
  readonly now: Date;
  readonly session: Session;
};
