import type { Plan } from '@kubepki/core';
import type { Watched } from '@kubepki/status';

/** What was found by lint or verify, or is odd about a plan. `error`: it is not as it should be. */
export type ReportFinding = {
  readonly source: 'lint' | 'verify' | 'plan';
  readonly severity: 'error' | 'warning';
  /** The credential, file or field that it is about. */
  readonly where: string;
  readonly message: string;
  readonly hint?: string | undefined;
};

/** What was made of a plan: a generation of an output folder, as `watchedTree` of `@kubepki/status` tells of it. */
export type Made = {
  readonly generation: number;
  readonly certificates: readonly Watched[];
};

/** What a report is made of. It is plain data, and holds no secret. */
export type ReportInput = {
  readonly plan: Plan;
  /** Without it the report is of what would be made now. */
  readonly made?: Made | undefined;
  readonly findings?: readonly ReportFinding[] | undefined;
  /** What was looked for and found nothing, or was left out, in a few words. */
  readonly checked?: readonly string[] | undefined;
  /** The files of each credential, by its id; those of a generation are in `made`. */
  readonly files?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The instant that is today in the report. */
  readonly now: Date;
};
