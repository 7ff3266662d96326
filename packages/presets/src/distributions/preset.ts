import type { Layout } from '@kubepki/core';
import type { ComponentName, EmitterName } from '../catalog.ts';
import type { FileNames } from '../layouts/names.ts';
import type { ComponentOptions } from '../profiles/preset.ts';

/** What a distribution has of its own: values. */
export type DistributionPreset = {
  /** The components of this package that are on unless they are named; undefined: those of the profile. */
  readonly components?: readonly ComponentName[];
  /** Emitters that are on, beside those of the profile. */
  readonly emitters: readonly EmitterName[];
  /** Options of components by name, over those of the profile; a cluster file's own go before them. */
  readonly options: ComponentOptions;
  /** Where its files go; undefined: where the profile has them. */
  readonly layout?: (options: { readonly names: FileNames }) => Layout;
};
