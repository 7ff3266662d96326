import type { Algorithm, Cluster, Layout, Policy } from '@kubepki/core';
import type { z } from 'zod';
import type { ComponentName, components, EmitterName } from '../catalog.ts';
import type { FileNames } from '../layouts/names.ts';

/** What a profile decides where a cluster file does not: values, and a policy over the plan. */
export type ProfilePreset = {
  readonly algorithm: Algorithm;
  /** Components and emitters that are off unless they are named. */
  readonly off: readonly (ComponentName | EmitterName)[];
  /** Options of components by name; a cluster file's own go before them. */
  readonly options: (
    cluster: Cluster,
    /** Seconds. */
    validity: { readonly leaves: number },
  ) => ComponentOptions;
  readonly policies: readonly Policy[];
  /** Whether lives of different nodes differ a little, unless a cluster file says otherwise. */
  readonly staggers: boolean;
  readonly layout: (options: { readonly names: FileNames }) => Layout;
};

/** Options of this package's components, by the components' names. */
export type ComponentOptions = {
  readonly [Maker in (typeof components)[number] as Maker['component']]?: Readonly<z.input<Maker['options']>>;
};
