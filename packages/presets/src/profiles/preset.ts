import type { Algorithm, Cluster, Layout, Policy } from '@kubepki/core';
import type { FileNames } from '../layouts/names.ts';

/** What a profile decides where a cluster file does not: values, and a policy over the plan. */
export type ProfilePreset = {
  readonly algorithm: Algorithm;
  /** Components and emitters that are off unless they are named. */
  readonly off: readonly string[];
  /** Options of components by name; a cluster file's own go before them. */
  readonly options: (
    cluster: Cluster,
    /** Seconds. */
    validity: { readonly leaves: number },
  ) => Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly policies: readonly Policy[];
  readonly layout: (options: { readonly names: FileNames }) => Layout;
};
