import type { Component, Emitter, Policy } from '@kubepki/core';
import type { z } from 'zod';
import type { ComponentMaker, components, EmitterMaker, emitters } from '../catalog.ts';
import type { clusterFileSchema } from '../cluster-file.ts';
import type { Issuers } from './guard-issuers.ts';

/** A component, whose options are fixed here, or what makes one from the options of the cluster file. */
export type ComponentPlugin = Component | ComponentMaker;
/** An emitter, whose options are fixed here, or what makes one from the options of the cluster file. */
export type EmitterPlugin = Emitter | EmitterMaker;

/** What a cluster file holds, as a value: its fields, and the options of its plugins and of a config's. */
export type ClusterInput<
  Components extends readonly ComponentPlugin[] = readonly [],
  Emitters extends readonly EmitterPlugin[] = readonly [],
> = Frozen<Omit<z.input<typeof clusterFileSchema>, 'components' | 'emitters'>> & {
  /** The parts of the cluster, each true, false or its options. */
  readonly components?: Choices<(typeof components)[number] | Extract<Components[number], ComponentMaker>>;
  /** What is written beside the files of certificates and keys, each true, false or its options. */
  readonly emitters?: EmitterChoices<(typeof emitters)[number] | Extract<Emitters[number], EmitterMaker>>;
};

/** What `kubepki.config.ts` exports: what it adds to a run, and what it fixes in code. */
export type Config<
  Components extends readonly ComponentPlugin[] = readonly ComponentPlugin[],
  Emitters extends readonly EmitterPlugin[] = readonly EmitterPlugin[],
> = {
  /** The cluster: the path of a cluster file (from the config's folder), what such a file holds, or a function that gives either. */
  readonly cluster?: Source<ClusterInput<Components, Emitters>> | undefined;
  /** More components. `x` takes its options from the cluster file, under `components:`; those of `x({…})` are fixed. */
  readonly components?: Components | undefined;
  /** More emitters. `x` takes its options from the cluster file, under `emitters:`; those of `x({…})` are fixed. */
  readonly emitters?: Emitters | undefined;
  /** Rules of the house: plain functions from a plan to a plan, run after those of the profile. */
  readonly policies?: readonly Policy[] | undefined;
  /** Who signs for an authority, opened when it is first needed. Where it gives nothing the authority's own key signs. */
  readonly issuers?: Issuers | undefined;
};

/** Types a config; it returns what it is given. */
export function defineConfig<
  const Components extends readonly ComponentPlugin[] = readonly [],
  const Emitters extends readonly EmitterPlugin[] = readonly [],
>(config: Config<Components, Emitters>): Config<Components, Emitters> {
  return config;
}

type Source<Input> = string | Input | (() => string | Input | Promise<string | Input>);

type Choices<Makers extends ComponentMaker> = {
  readonly [Maker in Makers as Exclude<Maker['component'], 'users'>]?: Choice<Maker['options']>;
};
type EmitterChoices<Makers extends EmitterMaker> = {
  readonly [Maker in Makers as Maker['emitter']]?: Choice<Maker['options']>;
};
type Choice<Options extends z.ZodType> = boolean | Frozen<z.input<Options>> | undefined;

/** The same, with readonly lists allowed. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;
