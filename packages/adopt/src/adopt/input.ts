import type { Emitter, Given, Plan } from '@kubepki/core';
import type { OldPlace } from '../old/place.ts';

/** What is taken over into which plan. */
export type AdoptInput = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  readonly places: readonly OldPlace[];
  /** Authorities that the cluster file names as somebody else's, by name. */
  readonly given?: Readonly<Record<string, Given>>;
  /** A folder where authorities' keys lie already. */
  readonly apart?: string | undefined;
  readonly now: Date;
};
