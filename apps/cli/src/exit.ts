import type { Fault } from '@kubepki/core';

/** What each exit code says; the same for every command. */
export const exitCodes = {
  fine: 0,
  /** A bug in kubepki. */
  bug: 1,
  /** A question was answered "no". */
  no: 2,
  usage: 64,
  input: 65,
  /** The disk or the network failed. */
  system: 74,
  busy: 75,
  SIGINT: 130,
  SIGTERM: 143,
} as const satisfies Readonly<Record<Fault | 'fine' | 'bug' | 'no' | 'SIGINT' | 'SIGTERM', number>>;
